package org.regularizedvi.cli.reporting;

import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.analysis.ScoredMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.ScoreKeys;
import org.regularizedvi.model.RegularizedModel;

/**
 * Makes neighbourhoods of cells in the latent representation, once for a file and a report.
 *
 * @param model that made the representation
 * @param source the cells of an open file
 * @param asked the map that the file is to get; empty for nothing
 * @param scores columns to score integration by; empty for no scores
 */
public record LatentMap(
    RegularizedModel model,
    CellSource source,
    Optional<MapConfig> asked,
    Optional<ScoreKeys> scores,
    int mostCells,
    Consumer<String> say) {
  static final String UMAP = "X_umap";

  /**
   * {@return the map that the file is to get; empty for nothing}
   *
   * @param latent the latent representation, a row per cell
   */
  public Optional<ScoredMap> forFile(FloatMatrix latent) {
    return asked.map(config -> of(latent, config));
  }

  /**
   * {@return the map that a report shows, and the file gets of it; without a layout of its own
   * where the file has one and no other is asked for, and empty where the report needs nothing
   * else}
   *
   * @param latent the latent representation, a row per cell
   */
  public Optional<ScoredMap> forReport(FloatMatrix latent) {
    MapConfig config = asked.orElse(plain(latent.rows()));
    if (config.layout().isPresent() || !hasLayout(source)) {
      return Optional.of(of(latent, config.withLayout()));
    }
    return asked.isPresent() || scores.isPresent()
        ? Optional.of(of(latent, config))
        : Optional.empty();
  }

  /** {@return whether a file has a layout of its cells, as from train --umap or scanpy} */
  static boolean hasLayout(CellSource source) {
    return source.hasObsm(UMAP) && source.obsm(UMAP).columns() >= 2;
  }

  private ScoredMap of(FloatMatrix latent, MapConfig config) {
    return ScoredMap.of("the latent representation", latent, source, config, scores, say);
  }

  /** {@return the defaults, with fewer neighbours where there are fewer cells} */
  private MapConfig plain(int cells) {
    return new MapConfig(
        Math.clamp(cells, 2, MapConfig.NEIGHBOURS),
        Optional.empty(),
        Optional.empty(),
        model.seed(),
        mostCells);
  }
}
