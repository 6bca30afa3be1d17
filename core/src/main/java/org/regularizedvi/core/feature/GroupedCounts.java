package org.regularizedvi.core.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.SparseRows;

/**
 * Holds the counts of a modality, with a group for each cell. Of several modalities, a cell without
 * counts in this one lacks it and is in no group.
 *
 * @param source the file
 * @param modality the name of the modality
 * @param groupOf the group of each cell
 */
record GroupedCounts(CellSource source, String modality, int[] groupOf) {
  private static final int BLOCK = 4096;

  /** Returns the sums of each group. */
  List<FeatureMoments> moments() {
    double[] none = new double[source.features(modality).varNames().size()];
    Arrays.fill(none, Double.POSITIVE_INFINITY);
    return clipped(Collections.nCopies(groups(), none));
  }

  private int groups() {
    return Arrays.stream(groupOf).max().orElse(-1) + 1;
  }

  /**
   * Returns the sums of each group, of counts that are clipped.
   *
   * @param limits what counts of each feature are clipped at, by group
   */
  List<FeatureMoments> clipped(List<double[]> limits) {
    List<FeatureMoments> moments = new ArrayList<>();
    limits.forEach(own -> moments.add(new FeatureMoments(own.length)));
    boolean several = source.modalities().size() > 1;
    try (CountReader reader = source.countReader(modality)) {
      int cell = 0;
      for (Optional<SparseRows> b = reader.next(BLOCK); b.isPresent(); b = reader.next(BLOCK)) {
        SparseRows rows = b.get();
        for (int row = 0; row < rows.rows(); row++, cell++) {
          if (!several || rows.indptr()[row + 1] > rows.indptr()[row]) {
            moments.get(groupOf[cell]).add(rows, row, limits.get(groupOf[cell]));
          }
        }
      }
    }
    return moments;
  }
}
