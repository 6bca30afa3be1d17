package org.regularizedvi.cells;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Holds what a run adds to a copy of its input.
 *
 * @param shared additions to the tables of an .h5ad, or to those that all modalities of an .h5mu
 *     share
 * @param modalities additions to the tables of single modalities of an .h5mu, by their names
 */
public record TableAdditions(
    List<Addition> shared, SequencedMap<String, List<Addition>> modalities) {
  /** Keeps copies, which nobody can change. */
  public TableAdditions {
    shared = List.copyOf(shared);
    SequencedMap<String, List<Addition>> copy = new LinkedHashMap<>();
    modalities.forEach((name, additions) -> copy.put(name, List.copyOf(additions)));
    modalities = Collections.unmodifiableSequencedMap(copy);
  }

  /**
   * {@return additions to the shared tables alone}
   *
   * @param additions the additions
   */
  public static TableAdditions shared(List<Addition> additions) {
    return new TableAdditions(additions, new LinkedHashMap<>());
  }

  /**
   * {@return these additions and more for one modality}
   *
   * @param modality the name of the modality; the only one of an .h5ad, "", has the shared tables
   * @param more the further additions
   */
  public TableAdditions with(String modality, List<Addition> more) {
    if (modality.isEmpty()) {
      return new TableAdditions(Stream.concat(shared.stream(), more.stream()).toList(), modalities);
    }
    SequencedMap<String, List<Addition>> all = new LinkedHashMap<>(modalities);
    List<Addition> own = new ArrayList<>(all.getOrDefault(modality, List.of()));
    own.addAll(more);
    all.put(modality, own);
    return new TableAdditions(shared, all);
  }

  /** {@return a bound for the bytes that they take in a file} */
  public long bytes() {
    return AdditionSize.bytes(shared)
        + modalities.values().stream().mapToLong(AdditionSize::bytes).sum();
  }
}
