package org.regularizedvi.answers;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.objective.Rates;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CountDraw;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Which counts does a modality expect in given states? mu, theta and draws of counts, of some
 * features, for a few cells at a time. A draw is a function of seed, sample, cell and feature.
 */
final class DecodedRates implements AutoCloseable {
  /** Counts are whole floats up to 2^24; far beyond it a draw would take for ever as well. */
  private static final double MOST_EXPECTED = 1e7;

  private final AskedModality asked;
  private final Modality modality;
  private final int[] chosen;
  private final boolean background;
  private final CounterRandom random;
  private final Draw draw;
  private final DecodedBlocks blocks;

  /**
   * @param chosen places of the features wanted
   * @param background whether it is part of mu, where the modality has one
   * @param random of the draws of counts
   */
  DecodedRates(
      AskedModality asked, int[] chosen, boolean background, CounterRandom random, int threads) {
    this.asked = asked;
    this.modality = asked.modality();
    this.chosen = chosen.clone();
    this.background = background;
    this.random = random;
    this.draw = Draw.of(Draw.Kind.PREDICTED_COUNT, modality.spec().index());
    this.blocks = new DecodedBlocks(modality, threads);
  }

  /** Mean of mu over states: the rows {@code from} to {@code to - 1} in row-major order. */
  float[] rate(Minibatch minibatch, List<CellStates.State> states, int from, int to) {
    return blocks.of(
        minibatch,
        from,
        to,
        chosen.length,
        (cells, first) -> {
          Tensor sum = rates(states.getFirst(), cells, first).rateNG().clone();
          for (CellStates.State state : states.subList(1, states.size())) {
            try (PointerScope _ = new PointerScope()) {
              sum.add_(rates(state, cells, first).rateNG());
            }
          }
          return Tensors.floats(choose(sum.div_(Tensors.scalar(states.size()))));
        });
  }

  /** theta of the same. */
  float[] dispersion(Minibatch minibatch, int from, int to) {
    return blocks.of(
        minibatch,
        from,
        to,
        chosen.length,
        (cells, _) -> Tensors.floats(choose(Rates.theta(modality, cells, Optional.empty()))));
  }

  /**
   * Draws the counts of the same rows in one state.
   *
   * @throws InputException when a rate is too large to draw from
   */
  float[] counts(Minibatch minibatch, CellStates.State state, int sample, int from, int to) {
    float[] values =
        blocks.of(
            minibatch,
            from,
            to,
            chosen.length,
            (cells, first) -> {
              Rates rates = rates(state, cells, first);
              float[] mu = Tensors.floats(choose(rates.rateNG()));
              float[] theta = Tensors.floats(choose(rates.thetaNG()));
              for (int n = 0; n < cells.size(); n++) {
                draw(minibatch.cells()[first + n], sample, n * chosen.length, mu, theta);
              }
              return mu;
            });
    for (int i = 0; i < values.length; i++) {
      if (values[i] == Float.POSITIVE_INFINITY) {
        throw new InputException(
            "The model expects more than %,.0f counts of '%s' in cell %d (counted from 0), too many to draw; is it a cell of the kind that the model was trained on?"
                .formatted(
                    MOST_EXPECTED,
                    asked.features().get(chosen[i % chosen.length]),
                    minibatch.cells()[from + i / chosen.length]));
      }
    }
    return values;
  }

  /** Puts draws in the place of the rates of one cell; infinity where there can be none. */
  private void draw(int cell, int sample, int at, float[] mu, float[] theta) {
    for (int j = 0; j < chosen.length; j++) {
      float rate = mu[at + j];
      if (!(rate <= MOST_EXPECTED)) {
        mu[at + j] = Float.POSITIVE_INFINITY;
        continue;
      }
      double first = uniform(2L * sample, cell, chosen[j]);
      mu[at + j] =
          CountDraw.isZero((float) first, rate, theta[at + j])
              ? 0
              : CountDraw.of(
                  CountDraw.uniform(first, uniform(2L * sample + 1, cell, chosen[j])),
                  rate,
                  theta[at + j]);
    }
  }

  private double uniform(long step, int cell, int feature) {
    return random.uniform(draw.purpose(), draw.step(step), cell, feature);
  }

  private Rates rates(CellStates.State state, Covariates cells, int first) {
    Tensor hidden = modality.decoderHidden(state.zNK().narrow(0, first, cells.size()), cells);
    Tensor library =
        state.librariesN1().get(modality.spec().index()).narrow(0, first, cells.size());
    return background
        ? Rates.of(modality, hidden, library, cells, Optional.empty())
        : Rates.withoutBackground(modality, hidden, library, cells);
  }

  private Tensor choose(Tensor allNG) {
    return chosen.length == modality.spec().features()
        ? allNG
        : allNG.index_select(1, Tensors.indices(chosen));
  }

  @Override
  public void close() {
    blocks.close();
  }
}
