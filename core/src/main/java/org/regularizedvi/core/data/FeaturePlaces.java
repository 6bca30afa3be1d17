package org.regularizedvi.core.data;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;

/**
 * Where a model's features stand among the columns of a file.
 *
 * @param columnOf for each feature its column
 * @param columns number of columns of the file, which may have more than the model knows
 */
public record FeaturePlaces(int[] columnOf, int columns) {

  /**
   * @param featureOf for each column of the file its feature, -1 for one that the model does not
   *     know
   */
  public static FeaturePlaces of(int[] featureOf, int features) {
    int[] columnOf = new int[features];
    for (int column = 0; column < featureOf.length; column++) {
      if (featureOf[column] >= 0) {
        columnOf[featureOf[column]] = column;
      }
    }
    return new FeaturePlaces(columnOf, featureOf.length);
  }

  /** Moves the columns of rows to their places in the file. */
  public SparseRows inFile(SparseRows rows) {
    return rows.withColumns(columnOf, columns);
  }

  /** Moves numbers, one a feature, to their places in the file, NaN where the model has none. */
  public double[] inFile(double[] ofFeatures) {
    double[] moved = new double[columns];
    Arrays.fill(moved, Double.NaN);
    for (int g = 0; g < columnOf.length; g++) {
      moved[columnOf[g]] = ofFeatures[g];
    }
    return moved;
  }
}
