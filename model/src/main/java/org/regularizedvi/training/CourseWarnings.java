package org.regularizedvi.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.term.CellTerm;

/**
 * Warns once, with advice, of what goes wrong in the course of a training: its warnings are a
 * function of the history, so that an interrupted run that goes on gives each once too.
 */
final class CourseWarnings {
  /** The number of epochs of the validation ELBO above its best before it counts as rising. */
  static final int RISING = 10;

  /** The share of the best by which it must be above it on average. */
  private static final double LEAST_RISE = 0.002;

  /** The number of epochs at full KL weight in which the library's KL is the larger one by far. */
  static final int DOMINATED = 5;

  private static final double TIMES_LARGER = 2;
  private static final double LEAST_NATS = 1;

  private final boolean keepsBest;
  private final Consumer<String> warnings;
  private boolean rose;
  private boolean dominated;

  /**
   * Takes up the warnings of a training that may have begun in an earlier run.
   *
   * @param before what happened before this run, of which an earlier one has warned
   * @param keepsBest whether early stopping keeps the parameters of the best epoch
   */
  CourseWarnings(History before, boolean keepsBest, Consumer<String> warnings) {
    this.keepsBest = keepsBest;
    this.warnings = warnings;
    for (int epochs = 1; epochs <= before.epochs(); epochs++) {
      rose |= rising(before, epochs).isPresent();
      dominated |= dominated(before, epochs).isPresent();
    }
  }

  void epochEnded(History history) {
    if (!rose) {
      Optional<String> rising = rising(history, history.epochs());
      rising.ifPresent(warnings);
      rose = rising.isPresent();
    }
    if (!dominated) {
      Optional<String> library = dominated(history, history.epochs());
      library.ifPresent(warnings);
      dominated = library.isPresent();
    }
  }

  private Optional<String> rising(History history, int epochs) {
    if (!history.has("elbo_validation")) {
      return Optional.empty();
    }
    double[] elbo = Arrays.copyOf(history.of("elbo_validation"), epochs);
    int best = 0;
    for (int e = 1; e < epochs; e++) {
      best = elbo[e] < elbo[best] ? e : best;
    }
    if (epochs - 1 - best < RISING) {
      return Optional.empty();
    }
    double since = Arrays.stream(elbo, epochs - RISING, epochs).average().orElseThrow();
    if (!(since > elbo[best] + LEAST_RISE * Math.abs(elbo[best]))) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the validation ELBO has been rising since epoch %d (%.1f nats per cell then, %.1f over the"
                + " last %d epochs): the model begins to learn single cells by heart; %s"
                + " --max-epochs %d, or a smaller network.",
            best + 1,
            elbo[best],
            since,
            RISING,
            keepsBest
                ? "early stopping keeps the best epoch, but a better fit may come from"
                : "try --early-stopping or",
            best + 1));
  }

  private static Optional<String> dominated(History history, int epochs) {
    if (epochs < DOMINATED || !history.has(CellTerm.KL_Z.metric("train"))) {
      return Optional.empty();
    }
    double[] z = history.of(CellTerm.KL_Z.metric("train"));
    double[] l = history.of(CellTerm.KL_L.metric("train"));
    double[] weight = history.of("kl_weight");
    for (int e = epochs - DOMINATED; e < epochs; e++) {
      if (weight[e] < 1 || !(l[e] > TIMES_LARGER * z[e] && l[e] > LEAST_NATS)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the KL of the library size (%.1f nats per cell) has been more than twice that of the latent"
                + " representation (%.1f) for %d epochs: the library size may take over what belongs to"
                + " the latent representation; look at --library-size-key, or raise"
                + " --library-log-vars-weight so that its prior is wider.",
            l[epochs - 1],
            z[epochs - 1],
            DOMINATED));
  }
}
