package org.regularizedvi.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How batches mix and labels stay apart in the latent representation.
 *
 * @param mixing of the model's batch key, where it has one
 * @param scores of columns that were named for it, in the order they are shown
 */
public record Integration(Optional<Mixing> mixing, List<Score> scores) {
  public Integration {
    scores = List.copyOf(scores);
  }

  /**
   * How well groups of cells mix among nearest neighbours.
   *
   * @param key the column of obs that has the groups
   * @param score 0 apart, 1 as by chance
   * @param cells how many it was measured on
   */
  public record Mixing(String key, double score, int cells) {}

  /**
   * A score, higher is better.
   *
   * @param name by which scib-metrics and scikit-learn know it, as docs/maps.md says
   * @param columns of obs that it is of
   * @param byChance what it would be if cells lay at random, where that is known
   */
  public record Score(String name, String columns, double value, OptionalDouble byChance) {}
}
