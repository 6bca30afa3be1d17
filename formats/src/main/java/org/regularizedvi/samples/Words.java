package org.regularizedvi.samples;

import java.util.List;

/** Lists of names for messages, which may be long. */
final class Words {
  private static final int SHOWN = 10;

  private Words() {}

  /** {@return the first ten with commas between, and how many more there are} */
  static String list(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, SHOWN)), names.size() - SHOWN);
  }
}
