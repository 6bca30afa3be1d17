package org.regularizedvi.cli.reporting;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.ScoreKeys;

/**
 * Says what a report shows where there is a choice.
 *
 * @param features to colour the map by; empty for those that vary most
 * @param obs columns of the table of cells to colour it by; empty for the model's keys and what
 *     else is there
 * @param scores columns to score integration by; empty for no scores
 * @param mapCells the most cells of the map and of scores
 */
public record Chosen(
    Optional<List<String>> features,
    Optional<List<String>> obs,
    Optional<ScoreKeys> scores,
    int mapCells) {
  /**
   * {@return the choice of the program: features that vary most, the model's keys and further
   * columns, no scores}
   */
  public static Chosen byItself() {
    return new Chosen(Optional.empty(), Optional.empty(), Optional.empty(), MapConfig.MOST_CELLS);
  }

  /**
   * {@return the same choice with scores}
   *
   * @param wanted columns to score integration by; empty for no scores
   */
  public Chosen withScores(Optional<ScoreKeys> wanted) {
    return new Chosen(features, obs, wanted, mapCells);
  }
}
