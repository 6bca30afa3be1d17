package org.regularizedvi.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How options and choices are spelled: one place for camel, snake and kebab case. */
public final class Spelling {
  private Spelling() {}

  /** Spells a component's name as files and Python do: libraryNHidden is library_n_hidden. */
  public static String snake(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Spells a choice as users write it: {@code weighted-mean}. */
  public static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Spells the choices of an enum as users write them, in the order of declaration. */
  public static List<String> words(Class<?> choices) {
    return Arrays.stream(choices.getEnumConstants()).map(c -> word((Enum<?>) c)).toList();
  }

  /** Finds the choice that a word, with hyphens or underscores, stands for. */
  public static <E> Optional<E> choice(Class<E> choices, String word) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> word((Enum<?>) choice).equals(word.replace('_', '-')))
        .findFirst();
  }
}
