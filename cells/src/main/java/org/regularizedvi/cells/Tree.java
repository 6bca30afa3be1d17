package org.regularizedvi.cells;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Holds a value among the unstructured annotations (uns) of an AnnData object. */
public sealed interface Tree {
  /**
   * Holds named values.
   *
   * @param entries the values by name, in order
   */
  record Dict(SequencedMap<String, Tree> entries) implements Tree {
    /** Keeps copies, which nobody can change. */
    public Dict {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }
  }

  /**
   * Holds a text.
   *
   * @param value the text
   */
  record Text(String value) implements Tree {}

  /**
   * Holds a whole number.
   *
   * @param value the number
   */
  record Whole(long value) implements Tree {}

  /**
   * Holds a number.
   *
   * @param value the number
   */
  record Real(double value) implements Tree {}

  /**
   * Holds a truth value.
   *
   * @param value the truth value
   */
  record Flag(boolean value) implements Tree {}

  /**
   * Holds an array of numbers.
   *
   * @param values the numbers
   */
  record Reals(double[] values) implements Tree {}

  /**
   * Holds an array of texts.
   *
   * @param values the texts
   */
  record Texts(List<String> values) implements Tree {
    /** Keeps copies, which nobody can change. */
    public Texts {
      values = List.copyOf(values);
    }
  }

  /**
   * Stands for no value. Its key is left out of the file, since anndata before 0.12 cannot read a
   * stored None.
   */
  record Nothing() implements Tree {}
}
