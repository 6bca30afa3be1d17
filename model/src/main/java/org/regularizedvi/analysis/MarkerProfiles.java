package org.regularizedvi.analysis;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.feature.FeatureSelection;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;
import org.regularizedvi.maps.Profiles;

/**
 * Reads how cells express marker genes: counts of these, times the number of all genes, divided by
 * the cell's count of all genes, so that a gene of average expression has 1.
 */
final class MarkerProfiles {
  private static final int BLOCK = 4096;
  private static final int FEWEST = 2;

  private MarkerProfiles() {}

  /** {@return the modality whose features markers are looked for in: rna where there is one} */
  static String modality(CellSource source) {
    return source.modalities().contains("rna") ? "rna" : source.modalities().getFirst();
  }

  /**
   * {@return the columns of the marker genes, ascending}
   *
   * @param markers a column of var that marks them, or a text file with a name a line
   * @throws InputException when there is neither, or there are fewer than two
   */
  static int[] columns(CellSource source, String markers) {
    int[] columns = FeatureSelection.named("scores", source, modality(source), markers);
    if (columns.length < FEWEST) {
      throw new InputException(
          "scores: markers=%s names %s of %s; expected two or more."
              .formatted(
                  markers,
                  Amount.of(columns.length, "feature"),
                  source.features(modality(source)).source()));
    }
    return columns;
  }

  /**
   * {@return the profiles of some cells}
   *
   * @param columns those of the marker genes
   * @param cells the places of the cells, ascending
   */
  static Profiles of(CellSource source, int[] columns, int[] cells) {
    int features = source.features(modality(source)).varNames().size();
    int[] columnOf = new int[features];
    Arrays.fill(columnOf, -1);
    IntStream.range(0, columns.length).forEach(c -> columnOf[columns[c]] = c);
    Growing profiles = new Growing(cells.length);
    try (CountReader reader = source.countReader(modality(source))) {
      int first = 0;
      for (Optional<SparseRows> b = reader.next(BLOCK); b.isPresent(); b = reader.next(BLOCK)) {
        SparseRows rows = b.get();
        double[] totals = rows.totals();
        int end = first + rows.rows();
        while (profiles.rows < cells.length && cells[profiles.rows] < end) {
          int row = cells[profiles.rows] - first;
          profiles.add(rows, row, columnOf, features / totals[row]);
        }
        first = end;
      }
    }
    return profiles.of(columns.length);
  }

  /** Holds rows that are added one after another. */
  private static final class Growing {
    private final int[] starts;
    private int[] indices = new int[BLOCK];
    private float[] values = new float[BLOCK];
    private int rows;

    Growing(int rows) {
      this.starts = new int[rows + 1];
    }

    void add(SparseRows counts, int row, int[] columnOf, double factor) {
      int at = starts[rows];
      for (int i = counts.indptr()[row]; i < counts.indptr()[row + 1]; i++) {
        int column = columnOf[counts.indices()[i]];
        if (column >= 0) {
          if (at == values.length) {
            indices = Arrays.copyOf(indices, Math.multiplyExact(at, 2));
            values = Arrays.copyOf(values, indices.length);
          }
          indices[at] = column;
          values[at++] = (float) (counts.values()[i] * factor);
        }
      }
      starts[++rows] = at;
    }

    Profiles of(int columns) {
      return new Profiles(columns, starts, indices, values);
    }
  }
}
