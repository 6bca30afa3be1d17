package org.regularizedvi.core.data;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;

/**
 * Says where a model's features stand among the columns of a file.
 *
 * @param columnOf the column of each feature, -1 for one that the file lacks
 * @param columns the number of columns of the file, which may have more than the model knows
 */
public record FeaturePlaces(int[] columnOf, int columns) {

  /**
   * {@return the places of a model's features}
   *
   * @param featureOf the feature of each column of the file, -1 for a column that the model does
   *     not know
   * @param features the number of features of the model
   */
  public static FeaturePlaces of(int[] featureOf, int features) {
    int[] columnOf = new int[features];
    Arrays.fill(columnOf, -1);
    for (int column = 0; column < featureOf.length; column++) {
      if (featureOf[column] >= 0) {
        columnOf[featureOf[column]] = column;
      }
    }
    return new FeaturePlaces(columnOf, featureOf.length);
  }

  /**
   * {@return rows with their columns moved to their places in the file}
   *
   * @param rows a column for each feature of the model
   */
  public SparseRows inFile(SparseRows rows) {
    return rows.withColumns(columnOf, columns);
  }

  /**
   * {@return numbers moved to their places in the file, NaN where the model has none}
   *
   * @param ofFeatures a number for each feature of the model
   */
  public double[] inFile(double[] ofFeatures) {
    double[] moved = new double[columns];
    Arrays.fill(moved, Double.NaN);
    for (int g = 0; g < columnOf.length; g++) {
      if (columnOf[g] >= 0) {
        moved[columnOf[g]] = ofFeatures[g];
      }
    }
    return moved;
  }
}
