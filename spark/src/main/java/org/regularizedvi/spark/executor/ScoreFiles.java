package org.regularizedvi.spark.executor;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.spark.input.FileWindows;
import org.regularizedvi.spark.input.FilesAsked;
import org.regularizedvi.spark.input.Piece;
import org.regularizedvi.spark.question.Asked;

/**
 * Asks a model about pieces of the cells of files.
 *
 * @param asked the question
 * @param files the files
 * @param job names the job
 */
public record ScoreFiles(Asked asked, FilesAsked files, String job)
    implements FlatMapFunction<Piece, Row> {
  @Override
  public Iterator<Row> call(Piece piece) {
    return new ScoredRows(
        asked,
        (model, question) -> {
          CellSource cells = Tasks.files(job, files, model, question);
          return new FileWindows(cells, piece, model.schema());
        });
  }
}
