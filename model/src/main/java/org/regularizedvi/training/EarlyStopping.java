package org.regularizedvi.training;

import java.util.Optional;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.input.Amount;

/**
 * Watches the validation ELBO, which counts the KL in full in every epoch: says which epoch had the
 * lowest, whose parameters are kept, and when it has not fallen enough for as many epochs as
 * patience allows.
 *
 * <p>Waiting begins at the end of the KL warm-up. Before it training lowers something else, so that
 * an ELBO which does not fall says nothing of what the epochs at full weight will bring.
 */
final class EarlyStopping {
  private final int patience;
  private final double minDelta;
  private Waiting state = Waiting.fresh();

  EarlyStopping(EarlyStoppingConfig config, int features) {
    this.patience = config.patience();
    this.minDelta = config.minDeltaPerFeature() * features;
  }

  /**
   * Takes in another epoch.
   *
   * @param epoch counted from 1
   * @param metric after it
   * @param klWeight the weight of the KL in it
   * @return whether it is the best so far
   */
  boolean epochEnded(int epoch, double metric, double klWeight) {
    Patience next = state.patience().next(metric, minDelta);
    if (klWeight < 1) {
      next = new Patience(next.best(), 0);
    }
    boolean best = metric < state.lowest();
    state =
        best
            ? new Waiting(next, metric, epoch)
            : new Waiting(next, state.lowest(), state.lowestEpoch());
    return best;
  }

  /**
   * {@return why it cannot end a training before its last epoch; empty when it can}
   *
   * @param warmup the number of epochs of the KL warm-up
   * @param epochs the number of epochs of the training, at most
   */
  Optional<String> idle(int warmup, int epochs) {
    return Optional.of(
            "early stopping cannot end this training before its last epoch, since a KL warm-up of %d and a patience of %d (--early-stopping-patience) are not less than %s; the best epoch is kept all the same."
                .formatted(warmup, patience, Amount.of(epochs, "epoch")))
        .filter(_ -> warmup + patience >= epochs);
  }

  boolean over() {
    return state.patience().waited() >= patience;
  }

  /** {@return the epoch whose parameters are kept, counted from 1; empty before any} */
  Optional<Integer> best() {
    return state.best();
  }

  Waiting state() {
    return state;
  }

  void restore(Waiting stored) {
    state = stored;
  }
}
