package org.regularizedvi.core.config;

import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * Says what is computed from the cells' neighbourhoods in a representation, with scanpy's options
 * and defaults.
 *
 * @param neighbours the number of neighbours of each cell, itself among them, at least 2 (15)
 * @param layout UMAP's options, where coordinates in the plane are wanted
 * @param clusters Leiden's options, where clusters are wanted
 * @param seed the start of the randomness of both, and of which cells are drawn (0)
 * @param mostCells how many cells are drawn where there are more, at least 2 (500,000)
 */
public record MapConfig(
    int neighbours,
    Optional<Layout> layout,
    Optional<Clusters> clusters,
    long seed,
    int mostCells) {
  /** The number of neighbours of a cell unless another one is asked for. */
  public static final int NEIGHBOURS = 15;

  /**
   * The most cells of a map unless another number is asked for: the time grows with the square of
   * it.
   */
  public static final int MOST_CELLS = 500_000;

  /**
   * Checks the components.
   *
   * @throws InputException when there are fewer than 2 neighbours or cells
   */
  public MapConfig {
    Checks.atLeast("n_neighbors", neighbours, 2);
    requireMostCells(mostCells);
  }

  /**
   * Requires that a map can be made of so many cells.
   *
   * @param mostCells how many are drawn where there are more
   * @throws InputException when there are fewer than 2
   */
  public static void requireMostCells(int mostCells) {
    Checks.atLeast("map_n_obs", mostCells, 2);
  }

  /** {@return the same with a layout, by the defaults where none was wanted} */
  public MapConfig withLayout() {
    return new MapConfig(
        neighbours, Optional.of(layout.orElse(Layout.DEFAULT)), clusters, seed, mostCells);
  }

  /** {@return the same with clusters, by the defaults where none were wanted} */
  public MapConfig withClusters() {
    return new MapConfig(
        neighbours, layout, Optional.of(clusters.orElse(Clusters.DEFAULT)), seed, mostCells);
  }

  /**
   * {@return scanpy's defaults}
   *
   * @param umap whether coordinates in the plane are wanted
   * @param leiden whether clusters are wanted
   * @param seed the start of the randomness of both, and of which cells are drawn
   * @param mostCells how many cells are drawn where there are more
   */
  public static MapConfig defaults(boolean umap, boolean leiden, long seed, int mostCells) {
    return new MapConfig(
        NEIGHBOURS,
        umap ? Optional.of(Layout.DEFAULT) : Optional.empty(),
        leiden ? Optional.of(Clusters.DEFAULT) : Optional.empty(),
        seed,
        mostCells);
  }

  /**
   * Says how UMAP spreads points.
   *
   * @param minDist how close neighbours may come, 0 or more (0.5)
   * @param spread how far points lie apart, above 0 and at least {@code minDist} (1)
   */
  public record Layout(double minDist, double spread) {
    /** The layout with scanpy's defaults. */
    public static final Layout DEFAULT = new Layout(0.5, 1);

    /**
     * Checks the components.
     *
     * @throws InputException when a number is out of range
     */
    public Layout {
      Checks.notNegative("min_dist", minDist);
      Checks.positive("spread", spread);
      if (minDist > spread) {
        throw new InputException(
            "min_dist must be at most spread, %s, but is %s.".formatted(spread, minDist));
      }
    }
  }

  /**
   * Says how fine Leiden's clusters are.
   *
   * @param resolution above 0; the higher it is, the more clusters there are (1)
   */
  public record Clusters(double resolution) {
    /** The clusters with scanpy's default. */
    public static final Clusters DEFAULT = new Clusters(1);

    /**
     * Checks the components.
     *
     * @throws InputException when the resolution is not positive
     */
    public Clusters {
      Checks.positive("resolution", resolution);
    }
  }
}
