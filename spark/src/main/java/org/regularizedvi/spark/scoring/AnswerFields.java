package org.regularizedvi.spark.scoring;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.spark.sql.types.StructField;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.input.ExampleCell;
import org.regularizedvi.spark.input.Window;
import org.regularizedvi.spark.question.Answer;
import org.regularizedvi.spark.question.AnswerColumns;
import org.regularizedvi.spark.question.Question;

/** Tells which columns answers will have, by asking about a cell that is made up. */
final class AnswerFields {
  private static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"), "example");

  private AnswerFields() {}

  /**
   * {@return the columns}
   *
   * @param tables the features of the cells, by modality
   * @throws org.regularizedvi.input.InputException when the model cannot be asked, or these
   *     features do not fit it
   */
  static List<StructField> of(
      Question question, RegularizedModel model, SequencedMap<String, FeatureTable> tables) {
    question.require(model);
    Map<String, List<String>> features = new HashMap<>();
    model.modalities().forEach(name -> features.put(name, model.features(name)));
    Window example = ExampleCell.of(model.schema(), tables, features);
    try (Answer answer = question.answer(model, example, SCRATCH)) {
      return new AnswerColumns(answer.additions(), example).fields();
    }
  }
}
