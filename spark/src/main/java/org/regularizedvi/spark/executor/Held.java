package org.regularizedvi.spark.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.input.FilesAsked;
import org.regularizedvi.spark.question.ModelQuestion;

/**
 * Keeps models loaded and files open in this process, so that the tasks of a job use one of each. A
 * model is kept for the next job too, unless its folder was written anew.
 */
public final class Held {
  private static final Shelf<ModelKey, RegularizedModel> MODELS =
      new Shelf<>(RegularizedModel::close);
  private static final Shelf<FilesKey, CellSource> FILES = new Shelf<>(CellSource::close);

  private Held() {}

  private record ModelKey(Path folder, FileTime written) {
    static ModelKey of(Path folder) {
      try {
        Path record = folder.resolve(ModelDirectory.RECORD);
        return new ModelKey(
            folder.toAbsolutePath().normalize(),
            Files.exists(record) ? Files.getLastModifiedTime(record) : FileTime.fromMillis(0));
      } catch (IOException e) {
        throw new InputException("Cannot read %s: %s.".formatted(folder, e.getMessage()), e);
      }
    }
  }

  /** The files of a job: those of another may have changed. */
  private record FilesKey(String job, FilesAsked files) {}

  /**
   * {@return the model of a question, to be closed when it was asked}
   *
   * @param question names the folder and what to compute on
   * @throws InputException when the folder holds no model
   */
  public static Shelf.Lent<RegularizedModel> model(ModelQuestion question) {
    Path folder = SentFiles.find(question.modelDir());
    return MODELS.lend(
        ModelKey.of(folder),
        () -> {
          question
              .device()
              .apply(Question.OTHER); // tasks ask at once, and a card has one at a time
          return RegularizedModel.load(folder);
        });
  }

  /**
   * {@return open files, of which other tasks may read too}
   *
   * @param job names the job
   * @param files the files
   * @param model for which they are opened
   * @param question says how they may differ from those of training
   */
  static Shelf.Lent<CellSource> files(
      String job, FilesAsked files, RegularizedModel model, ModelQuestion question) {
    return FILES.lend(new FilesKey(job, files), () -> files.openAgain(model, question.query()));
  }
}
