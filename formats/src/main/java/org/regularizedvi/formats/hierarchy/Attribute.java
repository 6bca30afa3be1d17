package org.regularizedvi.formats.hierarchy;

import java.util.List;

/** Holds the value of an attribute: one value or a list of one kind. */
public sealed interface Attribute {
  /**
   * Holds a text.
   *
   * @param value the text
   */
  record Text(String value) implements Attribute {}

  /**
   * Holds texts, or the empty list of anything.
   *
   * @param values the texts
   */
  record Texts(List<String> values) implements Attribute {
    /** Keeps a copy, which nobody can change. */
    public Texts {
      values = List.copyOf(values);
    }
  }

  /**
   * Holds a truth value.
   *
   * @param value the truth value
   */
  record Flag(boolean value) implements Attribute {}

  /**
   * Holds a whole number.
   *
   * @param value the number
   */
  record Whole(long value) implements Attribute {}

  /**
   * Holds whole numbers.
   *
   * @param values the numbers
   */
  record Wholes(long[] values) implements Attribute {}

  /**
   * Holds a number.
   *
   * @param value the number
   */
  record Real(double value) implements Attribute {}

  /**
   * Holds numbers.
   *
   * @param values the numbers
   */
  record Reals(double[] values) implements Attribute {}
}
