package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.files.WritableFolder;
import org.regularizedvi.options.Options;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the options that say where the counts are in the file and what may pass for one. */
public final class CountOptions {
  @Mixin private DeclaredOptions choices = DeclaredOptions.of(InputChoices.defaults().counts());
  @Mixin private DeclaredOptions names = DeclaredOptions.of(InputChoices.defaults().names());
  @Mixin private DeclaredOptions cellChoice = DeclaredOptions.of(InputChoices.defaults().cells());

  @Option(
      names = "--cells",
      paramLabel = "WHICH",
      description =
          "Of an .h5mu: union, the cells of any modality, or intersection, those that all have (default: union).")
  private Optional<CellJoin> cells = Optional.empty();

  @Option(
      names = "--allow-non-integer",
      description = "Accept counts with fractions, with a warning.")
  private boolean allowNonInteger;

  @Option(
      names = "--trust-input",
      description = "Read INPUT at once, without a process that looks first whether it is damaged.")
  private boolean trustInput;

  @Option(
      names = "--temp-dir",
      paramLabel = "DIR",
      description =
          "Folder for temporary files with counts that memory does not hold (default: that of the"
              + " output in train and prepare, else the system's).")
  private Optional<Path> tempDir = Optional.empty();

  @Spec private CommandSpec spec;

  /**
   * {@return how a file is read, with all its modalities or those of a model}
   *
   * @throws org.regularizedvi.input.InputException when the folder of temporary files takes none
   */
  public Reading toReading() {
    tempDir.ifPresent(folder -> WritableFolder.require(folder.resolve("counts")));
    return new Reading(
        choices(),
        allowNonInteger ? CountChecks.ALLOW_NON_INTEGER : CountChecks.INTEGERS,
        cells,
        List.of(),
        trustInput,
        tempDir);
  }

  private InputChoices choices() {
    GivenOptions given = new GivenOptions(spec);
    InputChoices all = InputChoices.defaults();
    return new InputChoices(
        Options.map(all.counts(), given),
        Options.map(all.names(), given),
        all.features(),
        Options.map(all.cells(), given));
  }
}
