package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ThreadOption;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.model.Attribution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi attribution}: which latent dimensions the decoder uses, cell by cell. */
@Command(
    name = "attribution",
    description =
        "Write how much each latent dimension moves the expected counts of a file's cells: the mean"
            + " over genes of the absolute derivative, exact, and the latent representation weighted"
            + " by it; with several modalities for each one's counts.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class AttributionCommand implements Callable<Integer> {
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
      description = "Copy of INPUT with the weighted latent representation.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the output when it exists.")
  private boolean overwrite;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Run")
  private ThreadOption threads;

  @Mixin(name = "Help")
  private HelpOption help;

  AttributionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    threads.apply();
    try (OpenModel model = OpenModel.load(input, modelDir, counts.toCounts())) {
      H5adCopy.requireTarget(input, out, overwrite);
      Attribution attribution = model.attribute();
      model.writeAttribution(out, attribution, overwrite);
      console.say("attributed %d cells; wrote %s".formatted(attribution.latent().rows(), out));
    }
    return 0;
  }
}
