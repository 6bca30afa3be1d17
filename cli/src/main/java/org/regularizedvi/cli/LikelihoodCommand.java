package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.data.H5adCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi likelihood}: how probable each cell is under a model. */
@Command(
    name = "likelihood",
    description =
        "Write the marginal log-likelihood of each cell of a file, estimated by importance weighting,"
            + " as obs regularizedvi_marginal_log_likelihood (nats).",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class LikelihoodCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "INPUT", description = "The .h5ad or .h5mu file with raw counts.")
  private Path input;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the trained model.")
  private Path modelDir;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      required = true,
      description = "Copy of INPUT with the log-likelihoods.")
  private Path out;

  @Option(
      names = "--n-samples",
      paramLabel = "N",
      description = "Draws of each cell's state; more are nearer (default: ${DEFAULT-VALUE}).")
  private int samples = 100;

  @Option(names = "--overwrite", description = "Replace the output when it exists.")
  private boolean overwrite;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  LikelihoodCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply();
    try (OpenModel model = OpenModel.load(input, modelDir, counts.toCounts())) {
      H5adCopy.requireTarget(input, out, overwrite);
      double[] logs = model.marginalLogLikelihood(samples, run.seed());
      model.writeLikelihood(out, logs, overwrite);
      console.say(
          "%d cells, marginal log-likelihood %.4f nats a cell on average; wrote %s"
              .formatted(logs.length, Arrays.stream(logs).average().orElse(0), out));
    }
    return 0;
  }
}
