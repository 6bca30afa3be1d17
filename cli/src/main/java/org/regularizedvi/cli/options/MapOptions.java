package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.ScoreKeys;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds the options that say what is made of the latent representation besides writing it. */
public final class MapOptions {
  @Option(
      names = "--umap",
      description = "Also lay the cells out in the plane: obsm['X_umap'], as scanpy names it.")
  private boolean umap;

  @Option(names = "--leiden", description = "Also cluster the cells: obs['leiden'].")
  private boolean leiden;

  @Mixin private ScoreOption scores = new ScoreOption();
  @Mixin private MapCellsOption cells = new MapCellsOption();

  /** {@return the columns to score integration by, if any} */
  public Optional<ScoreKeys> scores() {
    return scores.keys();
  }

  /** {@return the most cells of a map and of scores} */
  public int cells() {
    return cells.cells();
  }

  /**
   * Requires a number of cells of which maps can be made.
   *
   * @throws org.regularizedvi.input.InputException when there are fewer than 2
   */
  public void require() {
    cells.require();
  }

  /** {@return whether a layout is wanted} */
  public boolean umap() {
    return umap;
  }

  /** {@return whether clusters are wanted} */
  public boolean leiden() {
    return leiden;
  }

  /**
   * {@return the map that the options ask for, with defaults for the rest; empty for none of them}
   *
   * @param seed start of the randomness of layout and clusters
   */
  public Optional<MapConfig> toConfig(long seed) {
    return umap || leiden || scores().isPresent()
        ? Optional.of(MapConfig.defaults(umap, leiden, seed, cells.cells()))
        : Optional.empty();
  }
}
