package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ThreadOption;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.Attribution;
import org.regularizedvi.model.Results;
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
            + " by it.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class AttributionCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "INPUT", description = "The .h5ad file with raw counts.")
  private Path input;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the trained model.")
  private Path modelDir;

  @Option(
      names = "--out",
      paramLabel = "OUT.h5ad",
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
    Counts from = counts.toCounts();
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(modelDir);
        AnnDataFile file = AnnDataFile.open(input)) {
      H5adCopy.requireTarget(input, out, overwrite);
      Attribution attribution = model.attribute(file, from.source(), from.checks());
      H5adCopy.write(input, out, Results.ofAttribution(model, attribution), overwrite);
      console.say("attributed %d cells; wrote %s".formatted(attribution.latent().rows(), out));
    }
    return 0;
  }
}
