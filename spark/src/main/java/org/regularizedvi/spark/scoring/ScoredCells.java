package org.regularizedvi.spark.scoring;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regularizedvi.spark.executor.MinibatchSums;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.ModelQuestion;
import org.regularizedvi.spark.question.OptionTexts;

/** Stands for cells that a model is asked about by many processes. */
public interface ScoredCells {
  /**
   * {@return a row for each cell with what the model says of it, computed when the rows are asked
   * for}
   *
   * @param asked the question
   * @throws org.regularizedvi.input.InputException when the model cannot be asked about these cells
   */
  Dataset<Row> answers(Asked asked);

  /**
   * {@return what the model says of the cells of each minibatch together}
   *
   * @param question says which model
   * @param options of the question
   * @param features whether features are asked about one by one
   * @throws org.regularizedvi.input.InputException when the model cannot be asked about these cells
   */
  List<MinibatchSums> sums(ModelQuestion question, OptionTexts options, boolean features);
}
