package org.regularizedvi.spark.executor;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.input.FileWindows;
import org.regularizedvi.spark.input.FilesAsked;
import org.regularizedvi.spark.input.Piece;
import org.regularizedvi.spark.question.Evaluation;
import org.regularizedvi.spark.question.OptionTexts;

/**
 * Measures how well a model explains pieces of the cells of files.
 *
 * @param options of the {@link Evaluation}
 * @param perFeature whether features are asked about one by one
 * @param files the files
 * @param job names the job
 */
public record EvaluateFiles(OptionTexts options, boolean perFeature, FilesAsked files, String job)
    implements FlatMapFunction<Piece, MinibatchSums> {
  @Override
  public Iterator<MinibatchSums> call(Piece piece) {
    Evaluation asked = options.read(new Evaluation());
    RegularizedModel model = Tasks.model(asked);
    CellSource cells = Tasks.files(job, files, model, asked);
    return MinibatchSums.of(
        model, new FileWindows(cells, piece, model.schema()), asked.seed(), perFeature);
  }
}
