package org.regularizedvi.spark.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.FileCells;
import org.regularizedvi.input.InputException;

/**
 * Reads cells off rows of a table, in the order of their places. Minibatches are those of the whole
 * data set: one of which these rows have only some cells is cut.
 */
public final class RowWindows implements Windows {
  private final Iterator<Row> rows;
  private final TableLayout layout;
  private final SequencedMap<String, FeatureTable> tables;
  private final Function<Row, Object[]> head;
  private Optional<Row> following;
  private long before = -1;

  /**
   * Begins to read.
   *
   * @param rows the cells, by ascending places
   * @param layout where a row has what
   * @param tables the features as the model knows them
   * @param head gives what stands before the answer about a cell
   */
  public RowWindows(
      Iterator<Row> rows,
      TableLayout layout,
      SequencedMap<String, FeatureTable> tables,
      Function<Row, Object[]> head) {
    this.rows = rows;
    this.layout = layout;
    this.tables = tables;
    this.head = head;
    this.following = following();
  }

  private Optional<Row> following() {
    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }

  @Override
  public boolean hasNext() {
    return following.isPresent();
  }

  @Override
  public Window next() {
    List<Row> some = new ArrayList<>();
    int window = place(following.orElseThrow(NoSuchElementException::new)) / CELLS;
    while (following.isPresent() && place(following.get()) / CELLS == window) {
      some.add(following.get());
      following = following();
    }
    return window(some);
  }

  private Window window(List<Row> some) {
    List<String> names = new ArrayList<>();
    int[] places = new int[some.size()];
    List<Object[]> heads = new ArrayList<>();
    for (Row row : some) {
      int place = place(row);
      places[names.size()] = place;
      names.add(name(row));
      heads.add(head.apply(row));
      if (place == before) {
        throw new InputException(
            "Cell '%s' of %s has the place %d, as another cell; expected each to have one of its own."
                .formatted(name(row), layout.source(), place));
      }
      before = place;
    }
    SequencedMap<String, Column> columns = new LinkedHashMap<>();
    layout.keys().forEach((key, at) -> columns.put(key, column(some, at)));
    Map<String, SparseRows> counts = new HashMap<>();
    layout
        .modalities()
        .forEach(own -> counts.put(own.name(), new RowCounts(layout, own).of(some, names)));
    return new Window(
        new WindowTable(layout.source(), names, places, columns), tables, counts, heads);
  }

  private String name(Row row) {
    if (row.isNullAt(layout.name())) {
      throw new InputException(
          "A cell of %s has no value in '%s'; expected the name of each cell."
              .formatted(layout.source(), CellColumns.NAME));
    }
    return row.getString(layout.name());
  }

  private int place(Row row) {
    Object place = row.get(layout.place());
    if (!(place instanceof Number number)
        || number.longValue() < 0
        || number.longValue() >= Integer.MAX_VALUE - FileCells.CHUNK) {
      throw new InputException(
          "Cell '%s' of %s has the place %s; expected a whole number from 0 up to 2^31."
              .formatted(name(row), layout.source(), place));
    }
    return number.intValue();
  }

  private static Column column(List<Row> rows, int at) {
    Object first =
        rows.stream().map(row -> row.get(at)).filter(v -> v != null).findFirst().orElse("");
    return switch (first) {
      case Boolean _ -> {
        boolean[] values = new boolean[rows.size()];
        boolean[] missing = new boolean[rows.size()];
        for (int n = 0; n < values.length; n++) {
          missing[n] = rows.get(n).isNullAt(at);
          values[n] = !missing[n] && rows.get(n).getBoolean(at);
        }
        yield new Column.Flags(values, missing);
      }
      case Number number -> {
        double[] values = new double[rows.size()];
        boolean whole =
            !(number instanceof Double)
                && !(number instanceof Float)
                && !(number instanceof java.math.BigDecimal);
        for (int n = 0; n < values.length; n++) {
          values[n] = rows.get(n).get(at) instanceof Number own ? own.doubleValue() : Double.NaN;
        }
        yield new Column.Numbers(values, whole);
      }
      default ->
          new Column.Text(rows.stream().map(row -> row.getString(at)).toArray(String[]::new));
    };
  }

  /** Does nothing: whoever gave the rows closes what they came from. */
  @Override
  public void close() {}
}
