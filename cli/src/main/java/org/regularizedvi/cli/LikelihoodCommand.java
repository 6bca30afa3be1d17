package org.regularizedvi.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.Amount;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code regularizedvi likelihood} writes how probable each cell is under a model. */
@Command(
    name = "likelihood",
    description =
        "Write the marginal log-likelihood of each cell of a file, in nats, as obs"
            + " regularizedvi_marginal_log_likelihood. It is estimated by importance weighting.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class LikelihoodCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private CopyOutput output;

  @Option(
      names = "--n-samples",
      paramLabel = "N",
      description =
          "Number of draws of each cell's latent state; more draws come nearer to the truth (default:"
              + " ${DEFAULT-VALUE}).")
  private int samples = 100;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  LikelihoodCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply(Question.OTHER);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      output.require(open.cells());
      double[] logs = open.model().marginalLogLikelihood(open.cells(), samples, run.seed());
      output.write(open.cells(), Results.ofLikelihood(open.model(), open.cells(), logs));
      console.say(
          "%s, marginal log-likelihood %.4f nats per cell on average; wrote %s"
              .formatted(
                  Amount.of(logs.length, "cell"),
                  Arrays.stream(logs).average().orElse(0),
                  output.path()));
    }
    return 0;
  }
}
