package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.view.WatchedCells;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.InputFiles;
import org.regularizedvi.cli.options.ModalityChoice;
import org.regularizedvi.cli.options.Reading;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code regularizedvi prepare} packs cells once for several runs. */
@Command(
    name = "prepare",
    description =
        "Pack cells for several runs, into a folder with about 1.2 bytes for each count above zero of"
            + " RNA. Every command takes the folder as INPUT; counts stay in it on disk, and a training"
            + " ends in the same bytes as on the files themselves.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false,
    footer = {
      "",
      "Example: regularizedvi prepare atlas.h5ad --layer counts --out atlas.rvi",
      "         regularizedvi train atlas.rvi --model-dir atlas_model --batch-key sample"
    })
final class PrepareCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Cells")
  private InputFiles files;

  @Option(
      names = "--out",
      paramLabel = "DIR.rvi",
      required = true,
      description = "Folder to make, whose name ends in .rvi.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace prepared cells that are there.")
  private boolean overwrite;

  @Mixin(name = "Modalities of an .h5mu")
  private ModalityChoice modalities;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Help")
  private HelpOption help;

  PrepareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    IfExists ifExists = IfExists.replaceIf(overwrite);
    Reading reading = counts.toReading().of(modalities.modalities()).beside(out);
    try (CellSource cells =
        new WatchedCells(reading.open(files.toInputs()), new PassProgress(console))) {
      Formats.preparer().requireTarget(cells.paths(), out, ifExists);
      cells.notes().forEach(console::say);
      Formats.preparer().write(cells, out, ifExists, console::warn);
      console.say("prepared %s; wrote %s".formatted(Amount.of(cells.cells().nObs(), "cell"), out));
    }
    return 0;
  }
}
