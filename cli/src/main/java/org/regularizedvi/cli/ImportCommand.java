package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.model.PythonModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi import} makes a model folder of a model of the Python package. */
@Command(
    name = "import",
    description =
        "Make a model folder from a model that the Python package saved (model.pt). Nothing in that"
            + " file is run: it may name what is on a short list, and anything else is refused.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PY_DIR", description = "The folder that holds model.pt.")
  private Path pythonDir;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description =
          "The .h5ad or .h5mu file that the model was trained on. Its features and categories must be"
              + " those of the model.")
  private Path data;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder to make.")
  private Path modelDir;

  @Option(names = "--overwrite", description = "Replace the model that the folder holds.")
  private boolean overwrite;

  @Mixin(name = "Counts (without --layer where the model had them)")
  private CountOptions counts;

  @Mixin(name = "Help")
  private HelpOption help;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    PythonModels.read(
        pythonDir,
        data,
        counts.toReading().selection(data),
        modelDir,
        IfExists.replaceIf(overwrite),
        console::warn);
    console.say("imported %s; wrote %s".formatted(pythonDir, modelDir));
    return 0;
  }
}
