package org.regularizedvi.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes the part of a message that helps with a mistyped name: the nearest names, and all names if
 * there are few.
 */
public final class Nearest {
  private static final int FEW = 30;
  private static final int OFFERED = 3;

  private Nearest() {}

  /**
   * {@return "nearest: a, b, c; there are: ..." or "there are none"}
   *
   * @param wanted the mistyped name
   * @param names the names that there are
   */
  public static String words(String wanted, List<String> names) {
    if (names.isEmpty()) {
      return "there are none";
    }
    String lower = wanted.toLowerCase(Locale.ROOT);
    String nearest =
        names.stream()
            .sorted(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
            .limit(OFFERED)
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", "));
    return names.size() > FEW
        ? "the nearest of %d are %s".formatted(names.size(), nearest)
        : "the nearest are %s; all are %s".formatted(nearest, names);
  }

  /**
   * {@return "; did you mean a or b?", or nothing when no name is near}
   *
   * @param wanted the mistyped name
   * @param names the names that there are
   */
  public static String suggestion(String wanted, Collection<String> names) {
    int limit = Math.max(2, wanted.length() / 3);
    List<String> near =
        names.stream()
            .distinct()
            .filter(name -> distance(wanted, name) <= limit || name.startsWith(wanted))
            .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
            .limit(OFFERED)
            .toList();
    return near.isEmpty()
        ? ""
        : near.stream().collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }

  /** Counts the letters to insert, delete or replace (Levenshtein). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
