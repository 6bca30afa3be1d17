package org.regularizedvi.spark.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.view.CellView;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.MinifiedCells;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.executor.EvaluateFiles;
import org.regularizedvi.spark.executor.Held;
import org.regularizedvi.spark.executor.MinibatchSums;
import org.regularizedvi.spark.executor.ScoreFiles;
import org.regularizedvi.spark.executor.Shelf;
import org.regularizedvi.spark.input.CellColumns;
import org.regularizedvi.spark.input.FilesAsked;
import org.regularizedvi.spark.input.Piece;
import org.regularizedvi.spark.input.Windows;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.ModelQuestion;
import org.regularizedvi.spark.question.OptionTexts;
import org.regularizedvi.spark.question.Question;

/**
 * Asks a model about the cells of files on a file system that every process sees: several files are
 * one data set, as on one machine.
 *
 * @param spark the session
 * @param files the files
 * @param say is told, in a sentence each, how the files are read where nobody asked for it
 */
public record CellFiles(SparkSession spark, FilesAsked files, Consumer<String> say)
    implements ScoredCells {
  /** So many tasks for each core that a slow one does not hold up the rest. */
  private static final int TASKS_A_CORE = 4;

  /** A task of more cells would lose much when its executor dies. */
  private static final int MOST_CELLS = 16 * Windows.CELLS;

  @Override
  public Dataset<Row> answers(Asked asked) {
    Question question = asked.question();
    try (Shelf.Lent<RegularizedModel> lent = Held.model(question);
        CellSource cells = open(lent.open(), question)) {
      RegularizedModel model = lent.open();
      SequencedMap<String, FeatureTable> tables = new LinkedHashMap<>();
      cells.modalities().forEach(name -> tables.put(name, cells.features(name)));
      List<StructField> fields = new ArrayList<>(CellColumns.ofFiles());
      fields.addAll(AnswerFields.of(question, model, tables));
      return spark.createDataFrame(
          pieces(cells).flatMap(new ScoreFiles(asked, files, job())),
          new StructType(fields.toArray(StructField[]::new)));
    }
  }

  @Override
  public List<MinibatchSums> sums(ModelQuestion question, OptionTexts options, boolean features) {
    try (Shelf.Lent<RegularizedModel> lent = Held.model(question);
        CellSource cells = open(lent.open(), question)) {
      return pieces(cells).flatMap(new EvaluateFiles(options, features, files, job())).collect();
    }
  }

  private CellSource open(RegularizedModel model, ModelQuestion question) {
    CellSource cells = files.open(model, question.query(), say);
    if (MinifiedCells.in(cells)) {
      cells.close();
      throw new InputException(
          "%s has no counts, but what a model made of them; expected counts: such a file is small, ask about it on one machine."
              .formatted(cells.cells().source()));
    }
    return cells;
  }

  private JavaRDD<Piece> pieces(CellSource cells) {
    int[] rows =
        cells instanceof CellView view
            ? view.rows()
            : IntStream.range(0, cells.cells().nObs()).toArray();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int wanted =
        Math.max(
            context.defaultParallelism() * TASKS_A_CORE, Math.ceilDiv(rows.length, MOST_CELLS));
    List<Piece> pieces = Piece.of(rows, wanted);
    return context.parallelize(pieces, Math.max(1, pieces.size()));
  }

  private static String job() {
    return UUID.randomUUID().toString();
  }
}
