package org.regularizedvi.report;

import java.util.Locale;

/** Turns names into such as files and metrics can carry. */
final class Names {
  private Names() {}

  /**
   * {@return the name in small letters, digits and dashes; a hash of it where it has none of these}
   */
  static String id(String name) {
    String id =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return id.isEmpty() ? "x" + Integer.toHexString(name.hashCode()) : id;
  }

  /** {@return the same with underscores} */
  static String metric(String name) {
    return id(name).replace('-', '_');
  }
}
