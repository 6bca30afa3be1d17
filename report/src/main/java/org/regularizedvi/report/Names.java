package org.regularizedvi.report;

import java.util.Locale;

/** Names that files and metrics can carry. */
final class Names {
  private Names() {}

  /** Small letters, digits and dashes; of a name without any, its hash. */
  static String id(String name) {
    String id =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return id.isEmpty() ? "x" + Integer.toHexString(name.hashCode()) : id;
  }

  /** The same with underscores. */
  static String metric(String name) {
    return id(name).replace('-', '_');
  }
}
