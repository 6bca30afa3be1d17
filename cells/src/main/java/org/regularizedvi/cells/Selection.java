package org.regularizedvi.cells;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.regularizedvi.files.TemporaryFile;

/**
 * Says what is taken of a file of cells.
 *
 * @param modalities the names of those to take; a single "" asks for a file of one modality; empty
 *     for all that the file has
 * @param join which cells of several modalities are taken
 * @param counts where modalities have their counts, by their names; X where one is left out
 * @param checks which values may pass for counts
 * @param temporary the folder of temporary files for what memory does not hold while counts are
 *     read
 */
public record Selection(
    List<String> modalities,
    CellJoin join,
    Map<String, CountSource> counts,
    CountChecks checks,
    Path temporary) {
  /** The {@link #modalities} that ask for a file of one modality. */
  public static final List<String> ONE_MODALITY = List.of("");

  /** Keeps copies, which nobody can change. */
  public Selection {
    modalities = List.copyOf(modalities);
    counts = Map.copyOf(counts);
  }

  /**
   * Makes a selection, with temporary files in the system's folder for them.
   *
   * @param modalities the names of those to take
   * @param join which cells of several modalities are taken
   * @param counts where modalities have their counts
   * @param checks which values may pass for counts
   */
  public Selection(
      List<String> modalities, CellJoin join, Map<String, CountSource> counts, CountChecks checks) {
    this(modalities, join, counts, checks, TemporaryFile.systemFolder());
  }

  /** {@return a selection of every cell of all modalities, with whole counts in X} */
  public static Selection all() {
    return new Selection(List.of(), CellJoin.UNION, Map.of(), CountChecks.INTEGERS);
  }

  /**
   * {@return the place where a modality has its counts}
   *
   * @param modality the name of the modality
   */
  public CountSource countsOf(String modality) {
    return counts.getOrDefault(modality, CountSource.x());
  }
}
