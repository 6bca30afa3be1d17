package org.regularizedvi.core.result;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.regularizedvi.input.InputException;

/**
 * Says which expression is asked for.
 *
 * @param librarySize what rho is multiplied by; empty for each cell's own latent library size
 * @param samples the number of posterior draws that are averaged, 0 for the posterior means
 * @param transform for some of the decoder's keys, the categories to use instead of the cells' own:
 *     the mean over several of a key, and over all combinations of several keys
 * @param features the names of the features wanted, in the order wanted; empty for all, as a layer
 * @param cutOff the smallest value that is stored, in a sparse layer; empty for a dense layer
 * @param seed makes the posterior draws
 * @param target the file that a layer is meant for; until it is written, it lies beside it
 */
public record ExpressionPlan(
    OptionalDouble librarySize,
    int samples,
    SequencedMap<String, List<String>> transform,
    Optional<List<String>> features,
    OptionalDouble cutOff,
    long seed,
    Path target) {
  /**
   * Checks the components.
   *
   * @throws InputException when a number is out of range, or a cut-off is given for some features
   */
  public ExpressionPlan {
    requirePositive("library_size", librarySize);
    requirePositive("cut_off", cutOff);
    if (samples < 0) {
      throw new InputException("n_samples must be 0 or more, but is %d.".formatted(samples));
    }
    if (features.isPresent() && cutOff.isPresent()) {
      throw new InputException(
          "cut_off makes a layer of all features sparse; with features, which make a dense matrix, leave it out.");
    }
    SequencedMap<String, List<String>> copy = new LinkedHashMap<>();
    transform.forEach((key, categories) -> copy.put(key, List.copyOf(categories)));
    transform = Collections.unmodifiableSequencedMap(copy);
    features = features.map(List::copyOf);
  }

  private static void requirePositive(String option, OptionalDouble value) {
    if (value.isPresent() && !(value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble()))) {
      throw new InputException(
          "%s must be above 0 and finite, but is %s.".formatted(option, value.getAsDouble()));
    }
  }

  /**
   * {@return a plan for the rho of all features at the posterior means}
   *
   * @param target the file that the layer is meant for
   */
  public static ExpressionPlan defaults(Path target) {
    return new ExpressionPlan(
        OptionalDouble.of(1),
        0,
        new LinkedHashMap<>(),
        Optional.empty(),
        OptionalDouble.empty(),
        0,
        target);
  }
}
