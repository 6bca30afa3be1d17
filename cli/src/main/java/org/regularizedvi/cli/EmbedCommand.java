package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.MapOptions;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.ThreadOption;
import org.regularizedvi.model.Embedding;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private CopyOutput output;

  @Mixin(name = "Map")
  private MapOptions map;

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
    try (OpenModel open = input.open()) {
      output.require(open.cells());
      Embedding embedding = open.model().embed(open.cells());
      output.write(
          open.cells(),
          Results.ofEmbedding(open.model(), embedding)
              .with("", Results.ofMap(embedding, map.toConfig(open.model().seed()))));
      console.say(
          "embedded %d cells; wrote %s".formatted(embedding.latent().rows(), output.path()));
    }
    return 0;
  }
}
