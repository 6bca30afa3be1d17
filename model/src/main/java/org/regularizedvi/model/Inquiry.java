package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.function.BiFunction;
import org.regularizedvi.answers.StoredPosteriors;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.data.FileCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/**
 * Asks a model about the cells of a file, whether they come with counts or with what the model made
 * of these.
 *
 * @param fitted the model
 */
record Inquiry(FittedModel fitted) {
  /** Asks about cells of either kind. */
  <T> T ask(CellSource source, BiFunction<Questions, FileCells, T> question) {
    return MinifiedCells.in(source)
        ? askOf(MinifiedCells.read(fitted, source), source, question)
        : ask(source, fitted.questions(), question);
  }

  /** Asks about cells by their counts alone, which must be there. */
  <T> T askOfCounts(CellSource source, BiFunction<Questions, FileCells, T> question) {
    requireCounts(source);
    return ask(source, question);
  }

  static void requireCounts(CellSource source) {
    if (MinifiedCells.in(source)) {
      throw new InputException(
          "%s has no counts, but what a model made of them; expected a file with counts, as this is asked about them."
              .formatted(source.cells().source()));
    }
  }

  /** Writes cells without their counts, which go through the encoders once. */
  void minify(RegularizedModel model, CellSource source, Path out, IfExists ifExists) {
    requireCounts(source);
    MinifiedCells.requireTarget(source, out, ifExists);
    StoredPosteriors stored = ask(source, (_, cells) -> fitted.encode(cells));
    MinifiedCells.write(
        fitted,
        source,
        stored,
        Results.ofEmbedding(
            model,
            source,
            askOf(
                stored,
                source,
                (questions, cells) -> questions.embed(cells, MissingSlices.PREDICTED))),
        out,
        ifExists);
  }

  private <T> T askOf(
      StoredPosteriors stored, CellSource source, BiFunction<Questions, FileCells, T> question) {
    return ask(MinifiedCells.shown(fitted, source, stored), fitted.questions(stored), question);
  }

  private <T> T ask(
      CellSource source, Questions questions, BiFunction<Questions, FileCells, T> question) {
    try (FileCells cells =
        FileCells.open(source, fitted.setup().schema(), fitted.setup().modalities())) {
      return question.apply(questions, cells);
    }
  }
}
