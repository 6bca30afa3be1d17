package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.ScoreKeys;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds the options that say how neighbours, layout and clusters are made. */
public final class NeighbourOptions {
  @Option(
      names = "--n-neighbors",
      paramLabel = "N",
      description =
          "Neighbours of each cell, itself among them, as scanpy counts (default: ${DEFAULT-VALUE}).")
  private int neighbours = MapConfig.NEIGHBOURS;

  @Mixin private MapOptions map;

  @Option(
      names = "--min-dist",
      paramLabel = "D",
      description = "UMAP: how close neighbours may come (default: 0.5).")
  private Optional<Double> minDist = Optional.empty();

  @Option(
      names = "--spread",
      paramLabel = "D",
      description = "UMAP: how far apart points lie (default: 1).")
  private Optional<Double> spread = Optional.empty();

  @Option(
      names = "--resolution",
      paramLabel = "R",
      description = "Leiden: the higher, the more clusters (default: 1).")
  private Optional<Double> resolution = Optional.empty();

  /** {@return the columns to score integration by, if any} */
  public Optional<ScoreKeys> scores() {
    return map.scores();
  }

  /**
   * {@return the map that the options ask for}
   *
   * @param seed start of the randomness of layout and clusters
   * @throws InputException when a number is out of range, or an option of a layout or of clusters
   *     comes without them
   */
  public MapConfig toConfig(long seed) {
    requireOf("--umap", map.umap(), "--min-dist", minDist);
    requireOf("--umap", map.umap(), "--spread", spread);
    requireOf("--leiden", map.leiden(), "--resolution", resolution);
    MapConfig.Layout layout = MapConfig.Layout.DEFAULT;
    MapConfig.Clusters clusters = MapConfig.Clusters.DEFAULT;
    return new MapConfig(
        neighbours,
        map.umap()
            ? Optional.of(
                new MapConfig.Layout(
                    minDist.orElse(layout.minDist()), spread.orElse(layout.spread())))
            : Optional.empty(),
        map.leiden()
            ? Optional.of(new MapConfig.Clusters(resolution.orElse(clusters.resolution())))
            : Optional.empty(),
        seed,
        map.cells());
  }

  private static void requireOf(String of, boolean given, String option, Optional<Double> value) {
    if (value.isPresent() && !given) {
      throw new InputException("%s is about %s; expected both.".formatted(option, of));
    }
  }
}
