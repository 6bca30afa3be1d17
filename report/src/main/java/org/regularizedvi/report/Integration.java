package org.regularizedvi.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well batches mix and labels stay apart in the latent representation.
 *
 * @param mixing the mixing of the model's batch key, if it has one
 * @param scores the scores that were asked for by naming columns, in the order in which they are
 *     shown
 */
public record Integration(Optional<Mixing> mixing, List<Score> scores) {
  /** Keeps copies, which nobody can change. */
  public Integration {
    scores = List.copyOf(scores);
  }

  /**
   * How well groups of cells mix among nearest neighbours.
   *
   * @param key the column of obs that holds the groups
   * @param score 0 apart, 1 as by chance
   * @param cells the number of cells that it was measured on
   */
  public record Mixing(String key, double score, int cells) {}

  /**
   * A score of integration; higher is better.
   *
   * @param name the name that scib-metrics and scikit-learn give it; docs/maps.md explains each
   * @param columns the columns of obs that it compares with the latent representation, in words
   * @param value mostly from 0 to 1
   * @param byChance what the score would be if cells lay at random, where that is known
   */
  public record Score(String name, String columns, double value, OptionalDouble byChance) {}
}
