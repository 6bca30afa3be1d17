package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.model.Correction;
import org.regularizedvi.model.CorrectionPlan;
import org.regularizedvi.model.config.CorrectionMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi correct}: counts without their ambient part. */
@Command(
    name = "correct",
    description =
        "Write the counts of a file's cells without their ambient part as the layer"
            + " regularizedvi_corrected, each cell's ambient share as obs"
            + " regularizedvi_ambient_fraction, and each gene's ambient counts as var"
            + " regularizedvi_ambient_counts; with several modalities for those that have a"
            + " background.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class CorrectCommand implements Callable<Integer> {
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
      description = "Copy of INPUT with the corrected counts.")
  private Path out;

  @Option(
      names = "--method",
      paramLabel = "HOW",
      description =
          "expected: count times native share; mode: the most probable whole number; binomial: a"
              + " draw of it (default: expected).")
  private CorrectionMethod method = CorrectionMethod.EXPECTED;

  @Option(names = "--overwrite", description = "Replace the output when it exists.")
  private boolean overwrite;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  CorrectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply();
    try (OpenModel model = OpenModel.load(input, modelDir, counts.toCounts())) {
      H5adCopy.requireTarget(input, out, overwrite);
      try (Correction correction = model.correct(new CorrectionPlan(method, run.seed(), out))) {
        model.writeCorrection(out, correction, overwrite);
        for (Correction.OfModality own : correction.modalities()) {
          console.say(
              "%s%d cells, of a cell's counts %.1f%% ambient on average"
                  .formatted(
                      own.name().isEmpty() ? "" : own.name() + ": ",
                      own.ambientFraction().length,
                      100
                          * Arrays.stream(own.ambientFraction())
                              .filter(fraction -> !Double.isNaN(fraction))
                              .average()
                              .orElse(0)));
        }
        console.say("wrote " + out);
      }
    }
    return 0;
  }
}
