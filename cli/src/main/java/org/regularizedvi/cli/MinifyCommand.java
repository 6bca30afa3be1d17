package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.ComputeOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.engine.Question;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code regularizedvi minify} writes cells without counts, with what a model made of them. */
@Command(
    name = "minify",
    description =
        "Write a new file of the cells without their counts: in place of these it has what the model's"
            + " encoders made of them. embed, expression, predict, attribution and covariate-effects"
            + " answer about it as about the cells themselves, with the same model.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class MinifyCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      required = true,
      description = "The new file: .h5ad, or .h5mu of several modalities, or .zarr.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the file if it exists.")
  private boolean overwrite;

  @Mixin(name = "Run")
  private ComputeOptions compute;

  @Mixin(name = "Help")
  private HelpOption help;

  MinifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    compute.apply(Question.REPRESENTATION);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      open.model().minify(open.cells(), out, IfExists.replaceIf(overwrite));
      console.say(
          "minified %s; wrote %s".formatted(Amount.of(open.cells().cells().nObs(), "cell"), out));
    }
    return 0;
  }
}
