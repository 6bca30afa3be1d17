package org.regularizedvi.cli.options;

import org.regularizedvi.core.config.MapConfig;
import picocli.CommandLine.Option;

/** Holds the option that says of how many cells maps and scores are made at most. */
public final class MapCellsOption {
  @Option(
      names = "--map-n-obs",
      paramLabel = "N",
      description =
          "Of more cells than N, so many are drawn at random for neighbours, layout, clusters and"
              + " scores; the others get none (default: ${DEFAULT-VALUE}).")
  private int cells = MapConfig.MOST_CELLS;

  /** {@return the most cells of a map} */
  public int cells() {
    return cells;
  }

  /**
   * Requires a number of which maps can be made.
   *
   * @throws org.regularizedvi.input.InputException when there are fewer than 2
   */
  public void require() {
    MapConfig.requireMostCells(cells);
  }
}
