package org.regularizedvi.spark.command;

import org.regularizedvi.cli.Console;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.CorrectQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code correct}, on a cluster. */
@Command(
    name = "correct",
    description =
        "Write the counts of cells without their ambient part as a table with a row for each cell:"
            + " regularizedvi_corrected, and the ambient share of each cell as"
            + " regularizedvi_ambient_fraction.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class CorrectCommand extends CellCommand {
  @Mixin(name = "Model")
  private CorrectQuestion question;

  CorrectCommand(Console console) {
    super(console);
  }

  @Override
  Asked.Kind kind() {
    return Asked.Kind.CORRECT;
  }
}
