package org.regularizedvi.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Kind;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * Makes command line options of those that a record of the library declares. Their help names the
 * defaults and marks with a star those that differ in the published model; {@link GivenOptions}
 * reads the values that they are given.
 */
@Command
public final class DeclaredOptions {
  private final List<OptionSpec> options = new ArrayList<>();

  private DeclaredOptions(Record recommended, Record published) {
    Map<Declared, Object> atFirst = all(published);
    all(recommended)
        .forEach(
            (option, standard) -> {
              if (option.form() != Declared.Form.BY_MODALITY || !option.said().byModality()) {
                options.add(spec(option, help(option, standard, atFirst.get(option))));
              }
            });
  }

  /**
   * Takes the options of a record whose defaults do not depend on the preset.
   *
   * @param defaults a record whose values are the defaults
   * @return its options
   */
  public static DeclaredOptions of(Record defaults) {
    return new DeclaredOptions(defaults, defaults);
  }

  /**
   * Takes the options of a record by the defaults of two presets.
   *
   * @param <R> the record that declares the options
   * @param recommended a record whose values are the defaults
   * @param published a record whose values are those of the published model
   * @return the record's options
   */
  public static <R extends Record> DeclaredOptions of(R recommended, R published) {
    return new DeclaredOptions(recommended, published);
  }

  /** Adds the options to a command. */
  @Spec
  void addTo(CommandSpec command) {
    options.forEach(command::addOption);
  }

  /** Lists all options, also those behind a switch. */
  private static SequencedMap<Declared, Object> all(Record record) {
    SequencedMap<Declared, Object> all = new LinkedHashMap<>();
    Options.map(
        record,
        (option, value) -> {
          all.put(option, value);
          return value;
        });
    return all;
  }

  private static OptionSpec spec(Declared option, String help) {
    OptionSpec.Builder spec = OptionSpec.builder(option.flag()).description(help);
    if (option.kind() == Kind.TRUTH) {
      return spec.type(Boolean.class).negatable(true).fallbackValue("true").build();
    }
    if (option.said().repeatable()) {
      spec.type(List.class).auxiliaryTypes(type(option));
    } else {
      spec.type(type(option));
    }
    return spec.converters(Converters.of(option))
        .paramLabel(option.said().label().isEmpty() ? label(option) : option.said().label())
        .build();
  }

  /** {@return the type that the text of an option becomes} */
  private static Class<?> type(Declared option) {
    if (option.said().byModality() || option.form() == Declared.Form.BY_MODALITY) {
      return ByModality.class;
    } else if (option.kind() == Kind.NUMBER && option.form() == Declared.Form.OPTIONAL) {
      return NumberOrNone.class;
    }
    return option.kind() == Kind.NAMES ? KeyList.class : option.type();
  }

  private static String label(Declared option) {
    boolean optional = option.form() == Declared.Form.OPTIONAL;
    String one =
        switch (option.kind()) {
          case WHOLE -> "N";
          case NUMBER -> optional ? "X|none" : "X";
          case TRUTH, CHOICE -> "KIND";
          case NAME -> "KEY";
          case NAMES -> optional ? "NAME,.." : "KEYS";
        };
    return option.form() == Declared.Form.BY_MODALITY ? "NAME=" + one + ",.." : one;
  }

  /** {@return the sentence with the defaults; names have none unless words say so} */
  private static String help(Declared option, Object standard, Object published) {
    boolean names = option.kind() == Kind.NAME || option.kind() == Kind.NAMES;
    if (names && option.said().standard().isEmpty()) {
      return option.help() + ".";
    }
    String words = words(option.said().standard(), standard);
    if (standard.equals(published) && option.said().published().isEmpty()) {
      return "%s (default: %s).".formatted(option.help(), words);
    }
    return "* %s (default: %s; published: %s)."
        .formatted(option.help(), words, words(option.said().published(), published));
  }

  private static String words(String said, Object value) {
    return switch (value) {
      case Object _ when !said.isEmpty() -> said;
      case Enum<?> choice -> Spelling.word(choice);
      case Optional<?> own -> own.map(Object::toString).orElse("none");
      default -> value.toString();
    };
  }
}
