package org.regularizedvi.core.result;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.regularizedvi.core.config.PredictedQuantity;
import org.regularizedvi.input.InputException;

/**
 * Says which predictions are asked for.
 *
 * @param quantities what is predicted, at least one
 * @param samples the number of posterior draws: in each of them counts are drawn once, and the rate
 *     is averaged over them; empty for one draw of counts and the rate at the posterior means
 * @param background whether counts and rates include their ambient part
 * @param features the names of the features wanted, in the order wanted; empty for all, as layers
 * @param seed makes all draws
 * @param target the file that layers are meant for; until they are written, they lie beside it
 */
public record PredictionPlan(
    Set<PredictedQuantity> quantities,
    OptionalInt samples,
    boolean background,
    Optional<List<String>> features,
    long seed,
    Path target) {
  /**
   * Checks the components.
   *
   * @throws InputException when nothing is asked for, or not at least one draw
   */
  public PredictionPlan {
    if (quantities.isEmpty()) {
      throw new InputException("quantity must name at least one of counts, rate, dispersion.");
    }
    quantities = Collections.unmodifiableSet(EnumSet.copyOf(quantities));
    if (samples.isPresent() && samples.getAsInt() < 1) {
      throw new InputException(
          "n_samples must be 1 or more, but is %d.".formatted(samples.getAsInt()));
    }
    features = features.map(List::copyOf);
  }

  /**
   * {@return a plan for one draw of the counts of all features, ambient counts included}
   *
   * @param seed makes all draws
   * @param target the file that the layer is meant for
   */
  public static PredictionPlan counts(long seed, Path target) {
    return new PredictionPlan(
        EnumSet.of(PredictedQuantity.COUNTS),
        OptionalInt.empty(),
        true,
        Optional.empty(),
        seed,
        target);
  }

  /** {@return how many times the counts of each cell and feature are drawn} */
  public int draws() {
    return quantities.contains(PredictedQuantity.COUNTS) ? samples.orElse(1) : 0;
  }
}
