package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the options that name the copy of the input, or those of each of several inputs. */
public final class CopyOutput {
  @Option(
      names = "--out",
      paramLabel = "OUT",
      description =
          "Copy of INPUT with what is found; of several inputs, a new file with all cells.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "In place of --out: folder for a copy of each of several inputs.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--overwrite", description = "Replace outputs that exist.")
  private boolean overwrite;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** {@return the place that was named: a file, or a folder for copies of several inputs} */
  public Path path() {
    return destination().path();
  }

  /**
   * {@return a file beside which, until it is written, layers may lie}
   *
   * @throws InputException when neither a file nor a folder is named, or both are
   */
  public Path beside() {
    return destination().each() ? path().resolve("layers") : path();
  }

  private Destination destination() {
    return destination(out, folder)
        .orElseThrow(
            () ->
                new InputException(
                    "%s needs --out OUT; see %s --help."
                        .formatted(command.name(), command.qualifiedName())));
  }

  /**
   * {@return the place that the two options name together; empty where neither is given}
   *
   * @throws InputException when both are given
   */
  static Optional<Destination> destination(Optional<Path> out, Optional<Path> folder) {
    if (out.isPresent() && folder.isPresent()) {
      throw new InputException(
          "--out %s and --out-dir %s: expected one of them, a file for all cells or a folder for a copy of each input."
              .formatted(out.get(), folder.get()));
    }
    return out.map(Destination::file).or(() -> folder.map(Destination::folder));
  }

  /** {@return whether a copy that exists is replaced} */
  public IfExists ifExists() {
    return IfExists.replaceIf(overwrite);
  }

  /**
   * Checks, before any work is done, that the copy can be written.
   *
   * @param cells the open input, which the copy is made of
   * @throws org.regularizedvi.input.InputException when it cannot be written
   */
  public void require(CellSource cells) {
    cells.requireWritable(destination(), ifExists());
  }

  /**
   * Writes the copy, whole or not at all.
   *
   * @param cells the open input, which the copy is made of
   * @param additions what the copy has besides
   * @throws org.regularizedvi.input.InputException when it cannot be written
   */
  public void write(CellSource cells, TableAdditions additions) {
    cells.write(destination(), additions, ifExists());
  }
}
