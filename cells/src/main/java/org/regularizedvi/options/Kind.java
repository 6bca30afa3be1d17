package org.regularizedvi.options;

import java.util.List;

/**
 * Names the kinds of values that options take. Whoever reads or writes options treats each of them.
 */
public enum Kind {
  /** The value is an {@code Integer}. */
  WHOLE,
  /** The value is a {@code Double}. */
  NUMBER,
  /** The value is a {@code Boolean}. */
  TRUTH,
  /** The value is a constant of an enum. */
  CHOICE,
  /** The value is a {@code String}. */
  NAME,
  /** The value is a {@code List} of {@code String}. */
  NAMES;

  static Kind of(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return WHOLE;
    } else if (type == double.class || type == Double.class) {
      return NUMBER;
    } else if (type == boolean.class || type == Boolean.class) {
      return TRUTH;
    } else if (type.isEnum()) {
      return CHOICE;
    } else if (type == String.class) {
      return NAME;
    } else if (type == List.class) {
      return NAMES;
    }
    throw new IllegalArgumentException("no option can be a " + type.getName());
  }
}
