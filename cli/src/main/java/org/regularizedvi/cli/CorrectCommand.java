package org.regularizedvi.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.CorrectionOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.Amount;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code regularizedvi correct} writes counts without their ambient part. */
@Command(
    name = "correct",
    description =
        "Write the counts of a file's cells without their ambient part as the layer"
            + " regularizedvi_corrected, the ambient share of each cell as obs"
            + " regularizedvi_ambient_fraction, and the ambient counts of each gene as var"
            + " regularizedvi_ambient_counts. A model of several modalities corrects those that have"
            + " a background.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class CorrectCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private CopyOutput output;

  @Mixin(name = "Correction")
  private CorrectionOptions correct;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  CorrectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply(Question.EXPRESSION);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      output.require(open.cells());
      try (Correction correction =
          open.model().correct(open.cells(), correct.toPlan(run.seed(), output.beside()))) {
        output.write(open.cells(), Results.ofCorrection(open.model(), open.cells(), correction));
        for (Correction.OfModality own : correction.modalities()) {
          console.say(
              "%s%s; on average %.1f%% of a cell's counts are ambient"
                  .formatted(
                      own.name().isEmpty() ? "" : own.name() + ": ",
                      Amount.of(own.ambientFraction().length, "cell"),
                      100
                          * Arrays.stream(own.ambientFraction())
                              .filter(fraction -> !Double.isNaN(fraction))
                              .average()
                              .orElse(0)));
        }
        console.say("wrote " + output.path());
      }
    }
    return 0;
  }
}
