package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.cli.reporting.Chosen;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds the options that say what the map of a report can be coloured by. */
public final class ChosenOptions {
  @Option(
      names = "--genes",
      paramLabel = "NAME,...",
      description = "Features to colour by, or @FILE, one a line (default: 40 that vary most).")
  private Optional<NameList> genes = Optional.empty();

  @Option(
      names = "--obs",
      paramLabel = "COLUMN,...",
      description =
          "Columns of obs to colour by (default: the model's keys, and of an .h5ad all columns with"
              + " numbers or at most 500 groups, 24 in all).")
  private Optional<NameList> obs = Optional.empty();

  @Mixin private MapCellsOption mapCells = new MapCellsOption();

  /**
   * {@return the features and columns named, without scores}
   *
   * @throws org.regularizedvi.input.InputException when a map of fewer than 2 cells is asked for
   */
  public Chosen toChosen() {
    mapCells.require();
    return new Chosen(
        genes.map(NameList::names), obs.map(NameList::names), Optional.empty(), mapCells.cells());
  }
}
