package org.regularizedvi.spark.command;

import org.regularizedvi.cli.Console;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.EmbedQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code embed}, on a cluster. */
@Command(
    name = "embed",
    description =
        "Write the latent representation of cells under a trained model as a table with a row for each"
            + " cell: X_regularizedvi and regularizedvi_library_size, as embed of the program on one"
            + " machine gives them, to the bit.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class EmbedCommand extends CellCommand {
  @Mixin(name = "Model")
  private EmbedQuestion question;

  EmbedCommand(Console console) {
    super(console);
  }

  @Override
  Asked.Kind kind() {
    return Asked.Kind.EMBED;
  }
}
