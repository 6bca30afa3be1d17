package org.regularizedvi.cells;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A value among an AnnData object's unstructured annotations (uns). */
public sealed interface Tree {
  /** Named values, in order. */
  record Dict(SequencedMap<String, Tree> entries) implements Tree {
    public Dict {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }
  }

  record Text(String value) implements Tree {}

  record Whole(long value) implements Tree {}

  record Real(double value) implements Tree {}

  record Flag(boolean value) implements Tree {}

  record Reals(double[] values) implements Tree {}

  record Texts(List<String> values) implements Tree {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /**
   * No value: its key is left out of the file, as anndata before 0.12 cannot read a stored None.
   */
  record Nothing() implements Tree {}
}
