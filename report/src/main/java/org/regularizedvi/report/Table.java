package org.regularizedvi.report;

import java.util.List;

/**
 * Columns of the same length under names: the data of a figure, or what is shown as a table.
 *
 * @param rows of every column
 */
public record Table(int rows, List<Column> columns) {
  public Table {
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.size() != rows) {
        throw new IllegalArgumentException(
            "%s has %d rows, expected %d".formatted(column.name(), column.size(), rows));
      }
    }
  }

  /** Returns a table of as many rows as its first column has. */
  public static Table of(Column... columns) {
    return new Table(columns[0].size(), List.of(columns));
  }

  /** One column. */
  public sealed interface Column {
    String name();

    int size();
  }

  public record Texts(String name, List<String> values) implements Column {
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  /** Numbers, NaN where there is none. */
  public record Numbers(String name, double[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }
}
