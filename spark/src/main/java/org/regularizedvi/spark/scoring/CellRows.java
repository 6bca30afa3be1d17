package org.regularizedvi.spark.scoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.executor.EvaluateTable;
import org.regularizedvi.spark.executor.Held;
import org.regularizedvi.spark.executor.MinibatchSums;
import org.regularizedvi.spark.executor.ScoreTable;
import org.regularizedvi.spark.executor.Shelf;
import org.regularizedvi.spark.input.CellColumns;
import org.regularizedvi.spark.input.TableLayout;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.ModelQuestion;
import org.regularizedvi.spark.question.OptionTexts;
import org.regularizedvi.spark.question.Question;

/**
 * Asks a model about the rows of a table of cells, of which {@link TableLayout} says what it has.
 *
 * @param table the rows, in any order
 * @param source names the table for messages
 * @param checks what may pass for a count
 * @param withCounts whether the columns of counts stand beside the answers, as all others do
 * @param say is told, in a sentence each, what is taken as zero or ignored
 */
public record CellRows(
    Dataset<Row> table, String source, CountChecks checks, boolean withCounts, Consumer<String> say)
    implements ScoredCells {
  /** Says what answers look like. */
  private record Plan(TableLayout layout, List<Integer> kept, StructType schema) {}

  /**
   * {@return the columns of a table with the answers to a question}
   *
   * @param asked the question
   * @param columns of the table
   * @param source names the table for messages
   * @throws InputException when a column is missing, or does not fit the model
   */
  public static StructType schema(Asked asked, StructType columns, String source) {
    return plan(asked, columns, source, CountChecks.INTEGERS, true, _ -> {}).schema();
  }

  @Override
  public Dataset<Row> answers(Asked asked) {
    Plan plan = plan(asked, table.schema(), source, checks, withCounts, say);
    return ordered()
        .mapPartitions(
            new ScoreTable(asked, plan.layout(), plan.kept()), Encoders.row(plan.schema()))
        .to(plan.schema()); // an encoder of rows forgets what metadata says
  }

  @Override
  public List<MinibatchSums> sums(ModelQuestion question, OptionTexts options, boolean features) {
    try (Shelf.Lent<RegularizedModel> lent = Held.model(question)) {
      question.requireAllCells(lent.open());
      TableLayout layout = TableLayout.of(source, table.schema(), lent.open(), checks);
      layout.features(lent.open(), question.query().missing(), say);
      return ordered()
          .toJavaRDD()
          .mapPartitions(new EvaluateTable(options, features, layout))
          .collect();
    }
  }

  private Dataset<Row> ordered() {
    return table.sortWithinPartitions(CellColumns.PLACE);
  }

  private static Plan plan(
      Asked asked,
      StructType columns,
      String source,
      CountChecks checks,
      boolean withCounts,
      Consumer<String> say) {
    Question question = asked.question();
    try (Shelf.Lent<RegularizedModel> lent = Held.model(question)) {
      RegularizedModel model = lent.open();
      question.requireAllCells(model);
      TableLayout layout = TableLayout.of(source, columns, model, checks);
      List<Integer> kept =
          IntStream.range(0, columns.size())
              .filter(c -> withCounts || !layout.countColumns().contains(c))
              .boxed()
              .toList();
      List<StructField> fields = new ArrayList<>();
      kept.forEach(c -> fields.add(columns.fields()[c]));
      fields.addAll(
          AnswerFields.of(
              question, model, layout.features(model, question.query().missing(), say)));
      requireApart(fields, source);
      return new Plan(
          layout, List.copyOf(kept), new StructType(fields.toArray(StructField[]::new)));
    }
  }

  private static void requireApart(List<StructField> fields, String source) {
    Set<String> names = new HashSet<>();
    for (StructField field : fields) {
      if (!names.add(field.name())) {
        throw new InputException(
            "%s has a column '%s', the name of a column of the answer; expected a table without it."
                .formatted(source, field.name()));
      }
    }
  }
}
