package org.regularizedvi.cells;

import java.util.List;

/**
 * A matrix whose rows and columns have names.
 *
 * @param rows what the column of the rows' names is called
 */
public record NamedMatrix(
    String rows, List<String> rowNames, List<String> columns, FloatMatrix values) {
  public NamedMatrix {
    rowNames = List.copyOf(rowNames);
    columns = List.copyOf(columns);
    if (rowNames.size() != values.rows() || columns.size() != values.columns()) {
      throw new IllegalArgumentException(
          "%d x %d names for a matrix of %d x %d"
              .formatted(rowNames.size(), columns.size(), values.rows(), values.columns()));
    }
  }
}
