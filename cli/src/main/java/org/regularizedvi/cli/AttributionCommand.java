package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.ComputeOptions;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.Amount;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code regularizedvi attribution} tells which latent dimensions the decoder uses, cell by cell.
 */
@Command(
    name = "attribution",
    description =
        "Write, for each cell of a file, how much each latent dimension moves the expected counts (the"
            + " mean over genes of the absolute derivative, computed exactly) and the latent"
            + " representation weighted by that. A model of several modalities gives both for each"
            + " modality.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class AttributionCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private CopyOutput output;

  @Mixin(name = "Run")
  private ComputeOptions compute;

  @Mixin(name = "Help")
  private HelpOption help;

  AttributionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    compute.apply(Question.OTHER);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      output.require(open.cells());
      Attribution attribution = open.model().attribute(open.cells());
      output.write(open.cells(), Results.ofAttribution(open.model(), open.cells(), attribution));
      console.say(
          "attributed %s; wrote %s"
              .formatted(Amount.of(attribution.latent().rows(), "cell"), output.path()));
    }
    return 0;
  }
}
