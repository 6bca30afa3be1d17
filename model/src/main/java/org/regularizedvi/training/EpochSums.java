package org.regularizedvi.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.engine.StepLosses;

/**
 * Adds up the steps of an epoch: losses times cells, in the order of the steps.
 *
 * @param steps number of steps taken in this epoch
 * @param loss nats, global terms included
 * @param cells nats of the cells, term by term
 * @param activeDims number of latent dimensions that say something of a cell
 * @param reconstructionOf nats of each modality's counts
 */
public record EpochSums(
    int steps, double loss, CellLoss cells, double activeDims, double[] reconstructionOf) {
  private static final String STEPS = "steps";
  private static final String LOSS = "loss";
  private static final String ACTIVE_DIMS = "active_dims";
  private static final String RECONSTRUCTION_OF = "reconstruction_of";

  /**
   * Keeps a copy of the array.
   *
   * @throws IllegalArgumentException when the number of steps is negative
   */
  public EpochSums {
    reconstructionOf = reconstructionOf.clone();
    if (steps < 0) {
      throw new IllegalArgumentException("%d steps".formatted(steps));
    }
  }

  /** {@return the sums before the first step} */
  static EpochSums none(int modalities) {
    return new EpochSums(0, 0, CellLoss.none(), 0, new double[modalities]);
  }

  /** {@return the sums before the first step of the next epoch} */
  EpochSums cleared() {
    return new EpochSums(0, 0, cells.cleared(), 0, new double[reconstructionOf.length]);
  }

  /** {@return the sums with another step over so many cells} */
  EpochSums plus(StepLosses losses, int size) {
    double[] each = Arrays.copyOf(reconstructionOf, reconstructionOf.length);
    for (int m = 0; m < each.length; m++) {
      each[m] += losses.reconstructionOf()[m] * size;
    }
    return new EpochSums(
        steps + 1,
        loss + losses.loss() * size,
        cells.plus(losses.cells().times(size)),
        activeDims + losses.activeDims() * size,
        each);
  }

  /** {@return what a checkpoint holds of it: each term by its key, among the other sums} */
  @JsonValue
  SequencedMap<String, Object> stored() {
    SequencedMap<String, Object> stored = new LinkedHashMap<>();
    stored.put(STEPS, steps);
    stored.put(LOSS, loss);
    cells.nats().forEach((term, sum) -> stored.put(term.key(), sum));
    stored.put(ACTIVE_DIMS, activeDims);
    stored.put(RECONSTRUCTION_OF, reconstructionOf);
    return stored;
  }

  /**
   * Reads what {@link #stored} wrote.
   *
   * @return the same sums
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static EpochSums of(JsonNode stored) {
    Map<CellTerm, Double> terms = new EnumMap<>(CellTerm.class);
    for (CellTerm term : CellTerm.values()) {
      if (stored.has(term.key())) {
        terms.put(term, stored.get(term.key()).asDouble());
      }
    }
    JsonNode each = stored.required(RECONSTRUCTION_OF);
    return new EpochSums(
        stored.required(STEPS).asInt(),
        stored.required(LOSS).asDouble(),
        new CellLoss(terms),
        stored.required(ACTIVE_DIMS).asDouble(),
        IntStream.range(0, each.size()).mapToDouble(m -> each.get(m).asDouble()).toArray());
  }
}
