package org.regularizedvi.cells;

import java.util.List;

/**
 * Holds a matrix whose rows and columns have names.
 *
 * @param rows the heading of the column that holds the rows' names
 * @param rowNames the names of the rows
 * @param columns the names of the columns
 * @param values the matrix
 */
public record NamedMatrix(
    String rows, List<String> rowNames, List<String> columns, FloatMatrix values) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when there are not as many names as rows or columns
   */
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
