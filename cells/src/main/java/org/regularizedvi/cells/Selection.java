package org.regularizedvi.cells;

import java.util.List;
import java.util.Map;

/**
 * What is taken of a file of cells.
 *
 * @param modalities names of those to take; a single "" asks for a file of one modality; empty for
 *     all that the file has
 * @param join which cells of several modalities
 * @param counts where modalities have their counts, by their names; X where one is left out
 * @param checks what may pass for a count
 */
public record Selection(
    List<String> modalities, CellJoin join, Map<String, CountSource> counts, CountChecks checks) {
  /** What {@link #modalities} holds to ask for a file of one modality. */
  public static final List<String> ONE_MODALITY = List.of("");

  /** Keeps copies, which nobody can change. */
  public Selection {
    modalities = List.copyOf(modalities);
    counts = Map.copyOf(counts);
  }

  /** Takes every cell of all modalities, with whole counts in X. */
  public static Selection all() {
    return new Selection(List.of(), CellJoin.UNION, Map.of(), CountChecks.INTEGERS);
  }

  /** Returns where a modality has its counts. */
  public CountSource countsOf(String modality) {
    return counts.getOrDefault(modality, CountSource.x());
  }
}
