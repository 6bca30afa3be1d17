package org.regularizedvi.options;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.regularizedvi.input.InputException;

/**
 * Walks the options that a record and the records within it declare, in the order of declaration.
 * Values are as {@link Kind} says; an {@code Optional} of one or a {@code Map} of some by modality,
 * where {@link Declared#form} says so.
 */
public final class Options {
  private Options() {}

  /** Chooses the value of an option. */
  @FunctionalInterface
  public interface Choice {
    /**
     * Chooses a value.
     *
     * @param option the option as it is declared
     * @param standing the value that the option has
     * @return the value that it shall have, of the same kind
     */
    Object of(Declared option, Object standing);
  }

  /**
   * Makes a record like another, of which each option has the value chosen for it. Options behind a
   * switch that is off are chosen as well, so that what cannot be is refused.
   *
   * @param <R> the class of the record
   * @param record the record, which stays as it is
   * @param choice chooses the value of each option
   * @return the new record
   * @throws RuntimeException whatever the choice and the records' constructors throw
   */
  public static <R extends Record> R map(R record, Choice choice) {
    return map(record, Optional.empty(), choice);
  }

  private static <R extends Record> R map(R record, Optional<Declared> whole, Choice choice) {
    return Records.like(record, values(record, whole, choice));
  }

  private static Object[] values(Record record, Optional<Declared> whole, Choice choice) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = chosen(components[i], Records.get(record, components[i]), whole, choice);
    }
    return values;
  }

  private static Object chosen(
      RecordComponent component, Object standing, Optional<Declared> whole, Choice choice) {
    Optional<Declared> option = declared(component, whole);
    if (standing instanceof Record part) {
      return part(part, option, choice);
    } else if (option.isEmpty()) {
      return standing;
    } else if (!Declared.isSwitch(component)) {
      return closed(choice.of(option.get(), opened(standing)), standing);
    }
    Optional<?> now = (Optional<?>) standing;
    boolean on = (boolean) choice.of(option.get(), now.isPresent());
    Record part = now.isPresent() ? (Record) now.get() : Records.defaults(Declared.type(component));
    Record chosen = map(part, option, choice);
    return on ? Optional.of(chosen) : Optional.empty();
  }

  /** Maps a record, which refuses options by their names without what the whole puts before. */
  private static Record part(Record part, Optional<Declared> whole, Choice choice) {
    Object[] values = values(part, whole, choice);
    try {
      return Records.like(part, values);
    } catch (InputException e) {
      throw whole
          .map(own -> new InputException("%s_%s".formatted(own.name(), e.getMessage()), e))
          .orElse(e);
    }
  }

  private static Object opened(Object stored) {
    return switch (stored) {
      case OptionalInt own when own.isPresent() -> Optional.of(own.getAsInt());
      case OptionalDouble own when own.isPresent() -> Optional.of(own.getAsDouble());
      case OptionalInt _, OptionalDouble _ -> Optional.empty();
      default -> stored;
    };
  }

  /** {@return a value as it is stored where one like another is} */
  private static Object closed(Object value, Object like) {
    return switch (like) {
      case OptionalInt _ ->
          ((Optional<?>) value).map(own -> OptionalInt.of((int) own)).orElse(OptionalInt.empty());
      case OptionalDouble _ ->
          ((Optional<?>) value)
              .map(own -> OptionalDouble.of((double) own))
              .orElse(OptionalDouble.empty());
      default -> value;
    };
  }

  /**
   * Lists the options of a record with their values; those behind a switch that is off are left
   * out.
   *
   * @param record the record
   * @return the values by option, in the order of declaration
   */
  public static SequencedMap<Declared, Object> values(Record record) {
    SequencedMap<Declared, Object> values = new LinkedHashMap<>();
    collect(record, Optional.empty(), values);
    return values;
  }

  private static void collect(
      Record record, Optional<Declared> whole, SequencedMap<Declared, Object> values) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Optional<Declared> option = declared(component, whole);
      Object value = Records.get(record, component);
      if (value instanceof Record part) {
        collect(part, option, values);
      } else if (option.isPresent() && Declared.isSwitch(component)) {
        Optional<?> part = (Optional<?>) value;
        values.put(option.get(), part.isPresent());
        part.ifPresent(own -> collect((Record) own, option, values));
      } else {
        option.ifPresent(own -> values.put(own, opened(value)));
      }
    }
  }

  private static Optional<Declared> declared(RecordComponent component, Optional<Declared> whole) {
    return Optional.ofNullable(component.getAnnotation(Option.class))
        .map(said -> Declared.of(component, said, whole));
  }
}
