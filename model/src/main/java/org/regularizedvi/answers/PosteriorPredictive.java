package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.regularizedvi.core.config.PredictedQuantity;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Draws counts from the model for cells (posterior predictive), or gives the rates and dispersions
 * that it draws from.
 */
public final class PosteriorPredictive {
  private static final OptionalDouble DENSE = OptionalDouble.empty();
  private static final OptionalDouble COUNTS = OptionalDouble.of(1);

  private PosteriorPredictive() {}

  /**
   * Predicts cells.
   *
   * @param computation the model, opened
   * @param modalities all of the model
   * @param minibatches the cells, in the order of the result
   * @param means of the draws that a logistic normal's mean is taken over
   * @param plan which quantities of which features, and how many draws
   * @return layers or matrices of each modality, to be closed by the caller
   */
  public static Prediction of(
      Computation computation,
      List<AskedModality> modalities,
      Iterable<Minibatch> minibatches,
      CounterRandom means,
      PredictionPlan plan) {
    List<OneModality> all = new ArrayList<>();
    boolean drawsOnly = plan.samples().isPresent();
    try (CellStates drawn = new CellStates(computation, new CounterRandom(plan.seed()));
        CellStates mean = new CellStates(computation, means)) {
      for (AskedModality asked : modalities) {
        if (asked.chosen(plan.features()).length > 0) {
          all.add(new OneModality(computation, asked, plan));
        }
      }
      for (Minibatch minibatch : minibatches) {
        int draws = drawsOnly ? plan.samples().getAsInt() : plan.draws();
        List<CellState> states = new ArrayList<>();
        if (draws > 0) {
          CellStates.Encoded encoded = drawn.encode(minibatch);
          IntStream.range(0, draws).mapToObj(encoded::draw).forEach(states::add);
        }
        List<CellState> ofRate = drawsOnly ? states : List.of(mean.encode(minibatch).mean());
        all.forEach(own -> own.add(minibatch, states, ofRate));
      }
      return new Prediction(all.stream().map(OneModality::result).toList());
    } catch (RuntimeException | Error e) {
      all.forEach(OneModality::discard);
      throw e;
    } finally {
      all.forEach(own -> own.rates.close());
    }
  }

  private static final class OneModality {
    private final String name;
    private final PredictedCounts rates;
    private final List<GatheredValues> counts = new ArrayList<>();
    private final Optional<GatheredValues> rate;
    private final Optional<GatheredValues> dispersion;

    OneModality(Computation computation, AskedModality asked, PredictionPlan plan) {
      this.name = asked.name();
      this.rates =
          new PredictedCounts(
              computation,
              asked,
              plan.features(),
              plan.background(),
              new CounterRandom(plan.seed()));
      for (int i = 0; i < plan.draws(); i++) {
        counts.add(GatheredValues.of(asked, plan.features(), COUNTS, plan.target()));
      }
      this.rate = dense(asked, plan, PredictedQuantity.RATE);
      this.dispersion = dense(asked, plan, PredictedQuantity.DISPERSION);
    }

    private static Optional<GatheredValues> dense(
        AskedModality asked, PredictionPlan plan, PredictedQuantity quantity) {
      return plan.quantities().contains(quantity)
          ? Optional.of(GatheredValues.of(asked, plan.features(), DENSE, plan.target()))
          : Optional.empty();
    }

    void add(Minibatch minibatch, List<CellState> states, List<CellState> ofRate) {
      for (int start = 0; start < minibatch.size(); start += CellBlocks.ROWS_AT_ONCE) {
        int from = start;
        int to = Math.min(minibatch.size(), from + CellBlocks.ROWS_AT_ONCE);
        for (int i = 0; i < counts.size(); i++) {
          counts.get(i).add(rates.counts(minibatch, states.get(i), i, from, to), to - from);
        }
        rate.ifPresent(own -> own.add(rates.rate(minibatch, ofRate, from, to), to - from));
        dispersion.ifPresent(
            own -> own.add(rates.dispersion(minibatch, ofRate.getFirst(), from, to), to - from));
      }
    }

    Prediction.OfModality result() {
      return new Prediction.OfModality(
          name,
          counts.stream().map(GatheredValues::result).toList(),
          rate.map(GatheredValues::result),
          dispersion.map(GatheredValues::result));
    }

    void discard() {
      counts.forEach(GatheredValues::discard);
      rate.ifPresent(GatheredValues::discard);
      dispersion.ifPresent(GatheredValues::discard);
    }
  }
}
