package org.regularizedvi.spark.question;

import java.nio.file.Path;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cli.options.CorrectionOptions;
import org.regularizedvi.cli.options.SeedOption;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Mixin;

/** Asks for counts without their ambient part. */
public final class CorrectQuestion extends Question {
  @Mixin private CorrectionOptions correction;
  @Mixin private SeedOption seed;

  @Override
  public Answer answer(RegularizedModel model, CellSource cells, Path beside) {
    Correction found = model.correct(cells, correction.toPlan(seed.seed(), beside));
    return new Answer(Results.ofCorrection(model, cells, found), found::close);
  }
}
