package org.regularizedvi.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a run adds to a copy of a .h5mu.
 *
 * @param shared into the tables that all modalities share
 * @param modalities into the tables of single modalities, by their names
 */
public record MuDataAdditions(
    List<Addition> shared, SequencedMap<String, List<Addition>> modalities) {
  public MuDataAdditions {
    shared = List.copyOf(shared);
    SequencedMap<String, List<Addition>> copy = new LinkedHashMap<>();
    modalities.forEach((name, additions) -> copy.put(name, List.copyOf(additions)));
    modalities = Collections.unmodifiableSequencedMap(copy);
  }

  /** Returns additions to the shared tables alone. */
  public static MuDataAdditions shared(List<Addition> additions) {
    return new MuDataAdditions(additions, new LinkedHashMap<>());
  }

  /** Returns these and more for one modality. */
  public MuDataAdditions with(String modality, List<Addition> more) {
    SequencedMap<String, List<Addition>> all = new LinkedHashMap<>(modalities);
    List<Addition> own = new ArrayList<>(all.getOrDefault(modality, List.of()));
    own.addAll(more);
    all.put(modality, own);
    return new MuDataAdditions(shared, all);
  }

  /** Bounds from above what they take in a file. */
  long bytes() {
    return AdditionSize.bytes(shared)
        + modalities.values().stream().mapToLong(AdditionSize::bytes).sum();
  }
}
