package org.regularizedvi.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.ScoreKeys;
import org.regularizedvi.input.InputException;

/**
 * Holds neighbourhoods of cells in a representation and their scores, made once for all that show
 * them.
 *
 * @param map neighbourhoods, layout and clusters
 * @param scores how batches mix and labels stay apart, where columns to score by were named
 */
public record ScoredMap(CellMap map, Optional<IntegrationScores> scores) {
  /**
   * Maps cells and scores them. Labels are compared with clusters, which are made for this where
   * they are not wanted otherwise.
   *
   * @param where names the representation for messages
   * @param representation a row for each cell
   * @param source the cells, with their columns of obs; counts are read where markers are named
   * @param config which of layout and clusters are wanted, and how they are made
   * @param keys the columns of obs to score by, if any
   * @param say is told, in a sentence each, when cells are drawn, and of each work that takes long
   * @return the map and its scores
   * @throws InputException when there are fewer cells than neighbours, a row holds numbers and
   *     others that are none, or a column to score by does not fit
   */
  public static ScoredMap of(
      String where,
      FloatMatrix representation,
      CellSource source,
      MapConfig config,
      Optional<ScoreKeys> keys,
      Consumer<String> say) {
    keys.ifPresent(of -> IntegrationScores.require(source, of));
    boolean labels = keys.flatMap(ScoreKeys::label).isPresent();
    CellMap map = CellMap.of(where, representation, labels ? config.withClusters() : config, say);
    map.sampling().ifPresent(say);
    return new ScoredMap(
        map,
        keys.map(
            of -> {
              map.tell("scoring the neighbourhoods", say);
              return IntegrationScores.of(map, source, of);
            }));
  }

  /**
   * {@return what is added to a file, a row for each cell}
   *
   * @param representation its name in obsm
   * @param asked says whether the layout and the clusters are among the additions
   */
  public List<Addition> additions(String representation, MapConfig asked) {
    CellMap shown = map.showing(asked.layout().isPresent(), asked.clusters().isPresent());
    List<Addition> all = new ArrayList<>(MapAdditions.of(shown, representation));
    scores.ifPresent(found -> all.addAll(found.additions(representation)));
    return all;
  }
}
