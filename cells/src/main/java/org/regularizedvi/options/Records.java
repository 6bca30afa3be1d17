package org.regularizedvi.options;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Copies records with other values, so that a record need not repeat its constructor's call. */
public final class Records {
  private Records() {}

  /**
   * Copies a record but for one component.
   *
   * @param <R> the class of the record
   * @param record the record, which stays as it is
   * @param component the name of the component
   * @param value its new value
   * @return the new record
   * @throws IllegalArgumentException when there is no such component, or it has another type
   * @throws RuntimeException whatever the record's constructor throws
   */
  public static <R extends Record> R with(R record, String component, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      boolean here = components[i].getName().equals(component);
      values[i] = here ? value : get(record, components[i]);
      found |= here;
    }
    if (!found) {
      throw new IllegalArgumentException(
          "%s has no component %s".formatted(record.getClass().getSimpleName(), component));
    }
    return like(record, values);
  }

  /** Makes a record of the same class of these values. */
  @SuppressWarnings("unchecked")
  static <R extends Record> R like(R record, Object[] values) {
    Class<?>[] types =
        Arrays.stream(record.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return (R) result(() -> record.getClass().getDeclaredConstructor(types).newInstance(values));
  }

  static Object get(Record record, RecordComponent component) {
    return result(() -> component.getAccessor().invoke(record));
  }

  /** {@return what the static method {@code defaults()} of a record returns} */
  static Record defaults(Class<?> type) {
    return (Record) result(() -> type.getMethod("defaults").invoke(null));
  }

  private interface Call {
    Object made() throws ReflectiveOperationException;
  }

  private static Object result(Call call) {
    try {
      return call.made();
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
