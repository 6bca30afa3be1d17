package org.regularizedvi.core.differential;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.regularizedvi.input.InputException;

/**
 * Says how expression is sampled.
 *
 * @param samples the number of posterior samples of each group; each is of a cell drawn from the
 *     group
 * @param pairs the number of pairs of samples to draw; empty to pair the samples in their order
 * @param batchCorrection whether both groups are decoded with the same categories instead of each
 *     cell's own
 * @param transform these categories, by key of the decoder; empty for all categories of all keys
 * @param balanceBy a column of cells; both cells of a pair are of the same category of it, and each
 *     category has equally many pairs
 * @param seed makes all draws
 */
public record SampleChoice(
    int samples,
    OptionalInt pairs,
    boolean batchCorrection,
    SequencedMap<String, List<String>> transform,
    Optional<String> balanceBy,
    long seed) {
  /** The number of samples of each group unless another one is asked for. */
  public static final int SAMPLES = 5000;

  /** More would not fit the memory that a tile of features may take. */
  private static final int MOST = 100_000;

  /**
   * Checks the components.
   *
   * @throws InputException when a number is out of range, or categories are given without
   *     correction
   */
  public SampleChoice {
    requireWithin("n_samples_overall", samples);
    pairs.ifPresent(number -> requireWithin("m_permutation", number));
    if (!transform.isEmpty() && !batchCorrection) {
      throw new InputException(
          "transform_batch says which categories batch_correction compares groups in; give batch_correction as well.");
    }
    SequencedMap<String, List<String>> copy = new LinkedHashMap<>();
    transform.forEach((key, categories) -> copy.put(key, List.copyOf(categories)));
    transform = Collections.unmodifiableSequencedMap(copy);
  }

  private static void requireWithin(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new InputException(
          "%s must be at least 1 and at most %d, but is %d.".formatted(option, MOST, value));
    }
  }

  /**
   * {@return 5,000 samples, each decoded with its own cell's categories}
   *
   * @param seed makes all draws
   */
  public static SampleChoice defaults(long seed) {
    return new SampleChoice(
        SAMPLES, OptionalInt.empty(), false, new LinkedHashMap<>(), Optional.empty(), seed);
  }
}
