package org.regularizedvi.core.config;

import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * What is made of cells' neighbourhoods in a representation, with scanpy's options and defaults.
 *
 * @param neighbours of each cell, itself among them (15)
 * @param layout UMAP's options where coordinates in the plane are wanted
 * @param clusters Leiden's options where clusters are wanted
 * @param seed start of the randomness of both (0)
 */
public record MapConfig(
    int neighbours, Optional<Layout> layout, Optional<Clusters> clusters, long seed) {
  /** Neighbours of a cell unless another number is asked for. */
  public static final int NEIGHBOURS = 15;

  public MapConfig {
    Checks.atLeast("n-neighbors", neighbours, 2);
  }

  /** Returns the same with a layout, by the defaults where none was wanted. */
  public MapConfig withLayout() {
    return new MapConfig(neighbours, Optional.of(layout.orElse(Layout.DEFAULT)), clusters, seed);
  }

  /** Returns the same with clusters, by the defaults where none were wanted. */
  public MapConfig withClusters() {
    return new MapConfig(neighbours, layout, Optional.of(clusters.orElse(Clusters.DEFAULT)), seed);
  }

  /** Returns the defaults. */
  public static MapConfig defaults(boolean umap, boolean leiden, long seed) {
    return new MapConfig(
        NEIGHBOURS,
        umap ? Optional.of(Layout.DEFAULT) : Optional.empty(),
        leiden ? Optional.of(Clusters.DEFAULT) : Optional.empty(),
        seed);
  }

  /**
   * How UMAP spreads points.
   *
   * @param minDist how close neighbours may come (0.5)
   * @param spread how far points lie apart (1)
   */
  public record Layout(double minDist, double spread) {
    public static final Layout DEFAULT = new Layout(0.5, 1);

    public Layout {
      Checks.notNegative("min-dist", minDist);
      Checks.positive("spread", spread);
      if (minDist > spread) {
        throw new InputException(
            "min-dist must be at most spread, %s, but is %s.".formatted(spread, minDist));
      }
    }
  }

  /**
   * How fine Leiden's clusters are.
   *
   * @param resolution the higher, the more (1)
   */
  public record Clusters(double resolution) {
    public static final Clusters DEFAULT = new Clusters(1);

    public Clusters {
      Checks.positive("resolution", resolution);
    }
  }
}
