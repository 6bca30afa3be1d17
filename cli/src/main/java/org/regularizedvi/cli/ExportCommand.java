package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regularizedvi.cells.CountPlaces;
import org.regularizedvi.cli.options.DeclaredOptions;
import org.regularizedvi.cli.options.GivenOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelFolder;
import org.regularizedvi.core.python.PackageVersion;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.model.PythonModels;
import org.regularizedvi.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regularizedvi export} makes a model of the Python package of a model folder. */
@Command(
    name = "export",
    description =
        "Write a trained model as the Python package saves it: a folder with model.pt, which"
            + " torch.load reads.",
    descriptionHeading = "%n",
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFolder folder;

  @Option(
      names = "--out",
      paramLabel = "PY_DIR",
      required = true,
      description = "Folder to make and to write model.pt into.")
  private Path out;

  @Option(
      names = "--for",
      paramLabel = "VERSION",
      description =
          "Version of the Python package that will read the model: published or newest, which name"
              + " and take different options (default: published where it has such a model, else newest).")
  private Optional<PackageVersion> version = Optional.empty();

  @Option(names = "--overwrite", description = "Replace the model.pt that the folder holds.")
  private boolean overwrite;

  @Mixin(name = "Where the counts will be in Python")
  private DeclaredOptions places = DeclaredOptions.of(CountPlaces.x());

  @Mixin(name = "Help")
  private HelpOption help;

  @Spec private CommandSpec spec;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path modelDir = folder.path();
    PythonModels.write(
        modelDir,
        Options.map(CountPlaces.x(), new GivenOptions(spec))
            .sources(ModelDirectory.modalities(modelDir)),
        version,
        out,
        IfExists.replaceIf(overwrite));
    console.say("exported %s; wrote %s".formatted(modelDir, out));
    return 0;
  }
}
