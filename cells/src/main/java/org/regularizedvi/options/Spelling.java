package org.regularizedvi.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Spells options and choices: the one place for camel, snake and kebab case. */
public final class Spelling {
  private Spelling() {}

  /**
   * {@return a component's name as files and Python spell it: libraryNHidden is library_n_hidden}
   *
   * @param component the name in camel case
   */
  public static String snake(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /**
   * {@return a choice as users write it: {@code weighted-mean}}
   *
   * @param choice the constant of the enum
   */
  public static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return the choices of an enum as users write them, in the order of declaration}
   *
   * @param choices the class of the enum
   */
  public static List<String> words(Class<?> choices) {
    return Arrays.stream(choices.getEnumConstants()).map(c -> word((Enum<?>) c)).toList();
  }

  /**
   * {@return the choice that a word stands for; empty when it stands for none}
   *
   * @param <E> the enum
   * @param choices the class of the enum
   * @param word the word, with hyphens or underscores, in any case
   */
  public static <E> Optional<E> choice(Class<E> choices, String word) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> word((Enum<?>) choice).equalsIgnoreCase(word.replace('_', '-')))
        .findFirst();
  }
}
