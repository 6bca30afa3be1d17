package org.regularizedvi.cpu.step;

import java.util.Optional;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.cpu.split.Split;

/**
 * Penalises the wide weight of one scale decoder: its gradient on its way to the optimiser, and the
 * penalty's value, which the terms of what all cells share ask for once the step has passed by.
 */
public final class ScalePenalty {
  private final String weight;
  private final float[] factorG;
  private final double share;
  private Optional<PenalisedTaker> penalised = Optional.empty();
  private double nats;

  /**
   * Makes the penalty of a decoder; it does nothing where no factor is above 0.
   *
   * @param own the factors of the penalties
   * @param share what a nat of what all cells share adds to the loss
   */
  public ScalePenalty(DecoderPenalties own, double share) {
    this.weight = new Decoder(own.spec()).scaleWeight();
    this.factorG = new float[own.latentL2() > 0 ? own.spec().features() : 0];
    for (int g = 0; g < factorG.length; g++) {
      factorG[g] = (float) (2 * own.scaleL2(g) * share);
    }
    this.share = share;
  }

  /**
   * {@return who takes the gradients of a step, that of this weight with the penalty's}
   *
   * @param taker gets them from there
   */
  public TiledMatrix.Taker begin(TiledMatrix.Taker taker) {
    penalised =
        Optional.of(factorG)
            .filter(factors -> factors.length > 0)
            .map(factors -> new PenalisedTaker(taker, weight, factors));
    return penalised.<TiledMatrix.Taker>map(own -> own).orElse(taker);
  }

  /**
   * Keeps the value, once all gradients of the weight have been taken.
   *
   * @param split the workers, each of which has handed the gradients of its genes on
   * @param bounds the first row of each worker, and the number of rows
   */
  public void end(Split split, int[] bounds) {
    nats = penalised.map(own -> own.sum(split, bounds) / (2 * share)).orElse(0.0);
  }

  /** {@return the penalty of the weight as it was before the last step, nats} */
  public double nats() {
    return nats;
  }
}
