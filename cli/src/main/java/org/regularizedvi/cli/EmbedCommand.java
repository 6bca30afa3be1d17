package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ThreadOption;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.model.Embedding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi embed}: the latent representation of cells under a trained model. */
@Command(
    name = "embed",
    description =
        "Write the latent representation of a file's cells under a trained model: the same genes in"
            + " any order, no category that training did not see.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class EmbedCommand implements Callable<Integer> {
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
      description = "Copy of INPUT with the latent representation.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the output when it exists.")
  private boolean overwrite;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Run")
  private ThreadOption threads;

  @Mixin(name = "Help")
  private HelpOption help;

  EmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    threads.apply();
    try (OpenModel model = OpenModel.load(input, modelDir, counts.toCounts())) {
      H5adCopy.requireTarget(input, out, overwrite);
      Embedding embedding = model.embed();
      model.writeEmbedding(out, embedding, overwrite);
      console.say("embedded %d cells; wrote %s".formatted(embedding.latent().rows(), out));
    }
    return 0;
  }
}
