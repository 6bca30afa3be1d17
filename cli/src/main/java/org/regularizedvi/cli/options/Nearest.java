package org.regularizedvi.cli.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the names that someone who mistyped one may have meant. */
public final class Nearest {
  private static final int OFFERED = 3;

  private Nearest() {}

  /** Returns "; did you mean a or b?", or nothing when no name is near. */
  public static String suggestion(String name, Collection<String> known) {
    int limit = Math.max(2, name.length() / 3);
    List<String> near =
        known.stream()
            .distinct()
            .filter(k -> distance(name, k) <= limit || k.startsWith(name))
            .sorted(Comparator.comparingInt(k -> distance(name, k)))
            .limit(OFFERED)
            .toList();
    return near.isEmpty()
        ? ""
        : near.stream().collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }

  /** Returns the number of letters to insert, delete or replace (Levenshtein 1966). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
