package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.PredictionOptions;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.engine.Question;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code regularizedvi predict} writes counts as the model would draw them. */
@Command(
    name = "predict",
    description =
        "Write counts as the model would draw them for a file's cells (posterior predictive counts),"
            + " or the rates and dispersions that it draws them from, as layers. A model of several"
            + " modalities writes them for each.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private CopyOutput output;

  @Mixin(name = "Prediction")
  private PredictionOptions prediction;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply(Question.OTHER);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      output.require(open.cells());
      try (Prediction found =
          open.model().predict(open.cells(), prediction.toPlan(run.seed(), output.beside()))) {
        output.write(
            open.cells(),
            Results.ofPrediction(open.model(), open.cells(), found, prediction.layerOut()));
        console.say("wrote %s with '%s'".formatted(output.path(), prediction.layerOut()));
      }
    }
    return 0;
  }
}
