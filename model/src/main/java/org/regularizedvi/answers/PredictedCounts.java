package org.regularizedvi.answers;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CountDraw;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Computes mu, theta and draws of counts of some features of one modality, for cells in given
 * states. A draw is a function of seed, sample, cell and feature.
 */
final class PredictedCounts implements AutoCloseable {
  /** Counts are whole floats up to 2^24; far beyond it a draw would take for ever as well. */
  private static final double MOST_EXPECTED = 1e7;

  private final AskedModality asked;
  private final int modality;
  private final CellDecoder decoder;
  private final int[] chosen;
  private final boolean background;
  private final CounterRandom random;
  private final Draw draw;
  private final CellBlocks blocks;

  /**
   * Makes the predictions of a modality.
   *
   * @param wanted names of the features; empty for all
   * @param background whether it is part of mu, where the modality has one
   * @param random of the draws of counts
   */
  PredictedCounts(
      Computation computation,
      AskedModality asked,
      Optional<List<String>> wanted,
      boolean background,
      CounterRandom random) {
    this.asked = asked;
    this.modality = asked.spec().index();
    this.decoder = asked.decoder(computation, wanted);
    this.chosen = asked.chosen(wanted);
    this.background = background;
    this.random = random;
    this.draw = Draw.of(Draw.Kind.PREDICTED_COUNT, modality);
    this.blocks = new CellBlocks(decoder);
  }

  /**
   * {@return the mean of mu over states: the rows {@code from} to {@code to - 1} in row-major
   * order, NaN where they lack the modality}
   */
  float[] rate(Minibatch minibatch, List<CellState> states, int from, int to) {
    return blocks.matrix(
        minibatch,
        modality,
        from,
        to,
        (cells, first) -> {
          float[] sum = mu(states.getFirst(), cells, first);
          for (CellState state : states.subList(1, states.size())) {
            float[] more = mu(state, cells, first);
            for (int i = 0; i < sum.length; i++) {
              sum[i] += more[i];
            }
          }
          for (int i = 0; i < sum.length; i++) {
            sum[i] /= states.size();
          }
          return sum;
        });
  }

  /** {@return theta of the same rows and features in one state} */
  float[] dispersion(Minibatch minibatch, CellState state, int from, int to) {
    return blocks.matrix(
        minibatch, modality, from, to, (cells, first) -> theta(state, cells, first));
  }

  private float[] theta(CellState all, Covariates cells, int first) {
    CellState state = all.rows(first, first + cells.size());
    return decoder.dispersion(state.zNK(), state.librariesN().get(modality), cells).values();
  }

  /**
   * Draws the counts of the same rows and features in one state.
   *
   * @param sample number of the draw, which names its random numbers
   * @return counts in row-major order, NaN where the rows lack the modality
   * @throws InputException when a rate is too large to draw from
   */
  float[] counts(Minibatch minibatch, CellState state, int sample, int from, int to) {
    float[] values =
        blocks.matrix(
            minibatch,
            modality,
            from,
            to,
            (cells, first) -> {
              float[] mu = mu(state, cells, first);
              float[] theta = theta(state, cells, first);
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

  private float[] mu(CellState all, Covariates cells, int first) {
    CellState state = all.rows(first, first + cells.size());
    float[] library = state.librariesN().get(modality);
    return (background
            ? decoder.rate(state.zNK(), library, cells)
            : decoder.nativeRate(state.zNK(), library, cells))
        .values();
  }

  @Override
  public void close() {
    blocks.close();
  }
}
