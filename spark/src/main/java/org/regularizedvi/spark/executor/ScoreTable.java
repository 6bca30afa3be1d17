package org.regularizedvi.spark.executor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.regularizedvi.spark.input.RowWindows;
import org.regularizedvi.spark.input.TableLayout;
import org.regularizedvi.spark.question.Asked;

/**
 * Asks a model about the cells of a partition of a table, whose rows ascend by place.
 *
 * @param asked the question
 * @param layout where a row has what
 * @param kept the columns that stand before the answer, by their places
 */
public record ScoreTable(Asked asked, TableLayout layout, List<Integer> kept)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new ScoredRows(
        asked,
        (model, question) ->
            new RowWindows(
                rows,
                layout,
                layout.features(model, question.query().missing(), _ -> {}),
                this::head));
  }

  private Object[] head(Row row) {
    List<Object> values = new ArrayList<>();
    kept.forEach(column -> values.add(row.get(column)));
    return values.toArray();
  }
}
