package org.regularizedvi.spark.executor;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.input.RowWindows;
import org.regularizedvi.spark.input.TableLayout;
import org.regularizedvi.spark.question.Evaluation;
import org.regularizedvi.spark.question.OptionTexts;

/**
 * Measures how well a model explains the cells of a partition of a table, whose rows ascend by
 * place.
 *
 * @param options of the {@link Evaluation}
 * @param perFeature whether features are asked about one by one
 * @param layout where a row has what
 */
public record EvaluateTable(OptionTexts options, boolean perFeature, TableLayout layout)
    implements FlatMapFunction<Iterator<Row>, MinibatchSums> {
  @Override
  public Iterator<MinibatchSums> call(Iterator<Row> rows) {
    Evaluation asked = options.read(new Evaluation());
    RegularizedModel model = Tasks.model(asked);
    RowWindows windows =
        new RowWindows(
            rows,
            layout,
            layout.features(model, asked.query().missing(), _ -> {}),
            _ -> new Object[0]);
    return MinibatchSums.of(model, windows, asked.seed(), perFeature);
  }
}
