package org.regularizedvi.report;

import java.util.List;

/**
 * Named columns of the same length: the data of a figure, or a table to be read.
 *
 * @param rows the number of values of every column
 * @param columns the columns, from left to right
 */
public record Table(int rows, List<Column> columns) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when a column has another length
   */
  public Table {
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.size() != rows) {
        throw new IllegalArgumentException(
            "%s has %d rows, expected %d".formatted(column.name(), column.size(), rows));
      }
    }
  }

  /**
   * {@return a table with as many rows as its first column has}
   *
   * @param columns at least one, all of one length
   */
  public static Table of(Column... columns) {
    return new Table(columns[0].size(), List.of(columns));
  }

  /** A column of a table. */
  public sealed interface Column {
    /** {@return the name above the column} */
    String name();

    /** {@return the number of values} */
    int size();
  }

  /**
   * A column of texts.
   *
   * @param name the name above the column
   * @param values the texts
   */
  public record Texts(String name, List<String> values) implements Column {
    /** Keeps copies, which nobody can change. */
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  /**
   * A column of numbers.
   *
   * @param name the name above the column
   * @param values the numbers, NaN where there is none
   */
  public record Numbers(String name, double[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }
}
