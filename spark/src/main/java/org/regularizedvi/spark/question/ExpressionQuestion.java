package org.regularizedvi.spark.question;

import java.nio.file.Path;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cli.options.ExpressionOptions;
import org.regularizedvi.cli.options.SeedOption;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Mixin;

/** Asks for denoised expression. */
public final class ExpressionQuestion extends Question {
  @Mixin private ExpressionOptions expression;
  @Mixin private SeedOption seed;

  @Override
  public Answer answer(RegularizedModel model, CellSource cells, Path beside) {
    Expression found = model.express(cells, expression.toPlan(seed.seed(), beside));
    return new Answer(
        Results.ofExpression(model, cells, found, expression.layerOut()), found::close);
  }
}
