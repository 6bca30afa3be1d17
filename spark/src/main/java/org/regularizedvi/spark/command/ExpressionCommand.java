package org.regularizedvi.spark.command;

import org.regularizedvi.cli.Console;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.ExpressionQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code expression}, on a cluster. */
@Command(
    name = "expression",
    description =
        "Write the denoised expression of cells as a table with a row for each cell: the decoder's"
            + " output, without background and without the scaling of features, a number for each"
            + " feature, or those not below --cut-off.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class ExpressionCommand extends CellCommand {
  @Mixin(name = "Model")
  private ExpressionQuestion question;

  ExpressionCommand(Console console) {
    super(console);
  }

  @Override
  Asked.Kind kind() {
    return Asked.Kind.EXPRESSION;
  }
}
