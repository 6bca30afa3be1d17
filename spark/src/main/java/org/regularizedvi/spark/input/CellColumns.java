package org.regularizedvi.spark.input;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Names the columns of a table of cells, those of files that were read and those of tables. */
public final class CellColumns {
  /** The column with the name of each cell, text. */
  public static final String NAME = "obs_names";

  /** The column with the place of each cell in the data set, a whole number from 0. */
  public static final String PLACE = "place";

  private static final String INDICES = "indices";
  private static final String COUNTS = "counts";

  private CellColumns() {}

  /**
   * {@return the column with the places of the features that a cell has counts of}
   *
   * @param modality the name of the modality, "" of a single one
   */
  public static String indices(String modality) {
    return of(modality, INDICES);
  }

  /**
   * {@return the column with those counts}
   *
   * @param modality the name of the modality, "" of a single one
   */
  public static String counts(String modality) {
    return of(modality, COUNTS);
  }

  private static String of(String modality, String column) {
    return modality.isEmpty() ? column : modality + ":" + column;
  }

  /** {@return what stands before the answers about cells of files: name and place} */
  public static List<StructField> ofFiles() {
    return List.of(
        new StructType()
            .add(NAME, DataTypes.StringType, false)
            .add(PLACE, DataTypes.IntegerType, false)
            .fields());
  }

  /** {@return whether a column of this type holds lists of numbers} */
  static boolean isNumbers(DataType type) {
    return type instanceof ArrayType list && list.elementType() instanceof NumericType;
  }
}
