package org.regularizedvi.spark.input;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.input.InputException;

/**
 * Reads the counts of one modality off rows of a table.
 *
 * @param layout where they are
 * @param modality the modality
 */
record RowCounts(TableLayout layout, TableLayout.OfModality modality) {
  /**
   * {@return the counts of some cells; one without lists has none}
   *
   * @param rows the cells
   * @param names their names
   * @throws InputException when lists do not fit each other or the features, or a value is no count
   */
  SparseRows of(List<Row> rows, List<String> names) {
    CountCheck check = check(names);
    int[] indptr = new int[rows.size() + 1];
    int[] indices = new int[0];
    float[] values = new float[0];
    for (int n = 0; n < rows.size(); n++) {
      List<Number> places = list(rows.get(n), modality.indices());
      List<Number> counts = list(rows.get(n), modality.counts());
      if (places.size() != counts.size()) {
        throw new InputException(
            "Cell '%s' of %s has %d places of features and %d counts; expected as many of both."
                .formatted(names.get(n), layout.source(), places.size(), counts.size()));
      }
      long[] pairs = pairs(places, names.get(n));
      int at = indptr[n];
      if (at + pairs.length > indices.length) {
        int room = Math.addExact(at, Math.max(at, pairs.length));
        indices = Arrays.copyOf(indices, room);
        values = Arrays.copyOf(values, room);
      }
      for (long pair : pairs) {
        int feature = (int) (pair >>> Integer.SIZE);
        Number count = counts.get((int) pair);
        float value = check.accept(count == null ? Double.NaN : count.doubleValue(), n, feature);
        if (value > 0) {
          indices[at] = feature;
          values[at++] = value;
        }
      }
      indptr[n + 1] = at;
    }
    int all = indptr[rows.size()];
    return new SparseRows(
        modality.features().size(),
        indptr,
        Arrays.copyOf(indices, all),
        Arrays.copyOf(values, all));
  }

  private static List<Number> list(Row row, int column) {
    return row.isNullAt(column) ? List.of() : row.getList(column);
  }

  /** Returns features in their order, each with its place in the list in the low half of a long. */
  private long[] pairs(List<Number> places, String cell) {
    long[] pairs = new long[places.size()];
    int features = modality.features().size();
    for (int i = 0; i < pairs.length; i++) {
      Number place = places.get(i);
      if (place == null
          || place.doubleValue() != place.intValue()
          || place.intValue() < 0
          || place.intValue() >= features) {
        throw new InputException(
            "Cell '%s' of %s has a count at the place %s; expected whole numbers from 0 to %d, as there are %d features."
                .formatted(cell, layout.source(), place, features - 1, features));
      }
      pairs[i] = (long) place.intValue() << Integer.SIZE | i;
    }
    Arrays.sort(pairs);
    for (int i = 1; i < pairs.length; i++) {
      if (pairs[i] >>> Integer.SIZE == pairs[i - 1] >>> Integer.SIZE) {
        throw new InputException(
            "Cell '%s' of %s has two counts of the feature '%s'; expected one."
                .formatted(
                    cell,
                    layout.source(),
                    modality.features().get((int) (pairs[i] >>> Integer.SIZE))));
      }
    }
    return pairs;
  }

  private CountCheck check(List<String> names) {
    String column = CellColumns.counts(modality.name());
    return new CountCheck(
        "'%s' in %s".formatted(column, layout.source()),
        column,
        () -> "the column is to hold raw counts",
        names::get,
        modality.features()::get,
        layout.checks(),
        true);
  }
}
