package org.regularizedvi.cli;

import picocli.CommandLine.Command;

/** {@code regularizedvi check}: what a training would find and need, without training. */
@Command(
    name = "check",
    description =
        "Look at the input and options of a training without training: the same command line with"
            + " check in place of train. Everything that is wrong is told at once; else what the"
            + " counts hold, and about how much memory and time training takes.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {"", "Example: regularizedvi check pbmc.h5ad --batch-key sample"})
final class CheckCommand extends TrainCommand {
  CheckCommand(Console console) {
    super(console);
  }

  @Override
  Integer run(TrainRun request, Console console) {
    request.check(console);
    return 0;
  }
}
