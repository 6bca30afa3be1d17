package org.regularizedvi.formats.hierarchy;

import java.util.List;

/** The value of an attribute: one value or a list of one kind. */
public sealed interface Attribute {
  /** A text. */
  record Text(String value) implements Attribute {}

  /** Texts; an empty list of anything. */
  record Texts(List<String> values) implements Attribute {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** A truth value. */
  record Flag(boolean value) implements Attribute {}

  /** A whole number. */
  record Whole(long value) implements Attribute {}

  /** Whole numbers. */
  record Wholes(long[] values) implements Attribute {}

  /** A number. */
  record Real(double value) implements Attribute {}

  /** Numbers. */
  record Reals(double[] values) implements Attribute {}
}
