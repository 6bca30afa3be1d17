package org.regularizedvi.cli;

import picocli.CommandLine.Command;

/** {@code regularizedvi check} tells what a training would find and need, without training. */
@Command(
    name = "check",
    description =
        "Look at the input and options of a training without training. Give the command line of the"
            + " training, with check in place of train. The command tells everything that is wrong at"
            + " once; if nothing is, it tells what the counts hold, and about how much memory and time"
            + " the training will take.",
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
