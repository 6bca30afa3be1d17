package org.regularizedvi.spark.question;

import java.nio.file.Path;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cli.options.SliceOption;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Mixin;

/** Asks for the latent representation. */
public final class EmbedQuestion extends Question {
  @Mixin private SliceOption slices;

  @Override
  public void require(RegularizedModel model) {
    slices.require(model);
  }

  @Override
  public Answer answer(RegularizedModel model, CellSource cells, Path beside) {
    return Answer.inMemory(Results.ofEmbedding(model, cells, model.embed(cells, slices.chosen())));
  }
}
