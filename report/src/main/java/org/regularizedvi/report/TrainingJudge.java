package org.regularizedvi.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.regularizedvi.report.Judgement.Verdict;

/**
 * Judges by the course of a training whether it was too long, too short or neither: one judgement,
 * so that no two can disagree.
 *
 * <p>Cells that were kept out of training decide. The ELBO of the training cells falls as long as
 * there is a learning rate, also where the model learns them by heart; and a rate that falls to 0
 * flattens the end of any course.
 */
final class TrainingJudge {
  private static final String TOPIC = "Training";

  /** The share of its lowest value by which the ELBO must lie above it to count as risen. */
  private static final double RISEN = 0.002;

  private static final double RISEN_FAR = 0.01;

  /** The share of the ELBO below which a change over the last tenth is none. */
  private static final double SETTLED = 0.001;

  private static final double FALLING = 0.01;

  /** The number of epochs from which on a tenth of them shows a trend. */
  private static final int TREND = 10;

  /** The share of its highest value above which a learning rate is no small one. */
  private static final double SMALL_RATE = 0.1;

  private final Course course;
  private final double[] training;
  private final int epochs;

  private TrainingJudge(Course course, double[] training) {
    this.course = course;
    this.training = training;
    this.epochs = training.length;
  }

  static Judgement of(Course course) {
    Optional<Curve> elbo = course.curve("elbo");
    if (elbo.isEmpty()) {
      return new Judgement(TOPIC, Verdict.UNKNOWN, "The course of the training is not known.", "");
    }
    TrainingJudge judge = new TrainingJudge(course, elbo.get().training());
    return elbo.get().validation().map(judge::byValidation).orElseGet(judge::withoutValidation);
  }

  private Judgement byValidation(double[] values) {
    int best = lowest(values);
    double rise = (course.kept(values) - values[best]) / Math.abs(values[best]);
    if (rise >= RISEN) {
      return overfitted(values, best, rise);
    }
    double later = (values[epochs - 1] - values[best]) / Math.abs(values[best]);
    if (later >= RISEN) {
      return bestKept(values, best);
    }
    if (epochs < TREND) {
      return tooFew();
    }
    double fall = fall(values);
    return fall >= SETTLED ? stillImproving(values, fall) : converged(values, fall);
  }

  private Judgement overfitted(double[] values, int best, double rise) {
    return new Judgement(
        TOPIC,
        rise < RISEN_FAR ? Verdict.LOOK : Verdict.POOR,
        text(
            "Over-fitted: on cells kept out of training, the ELBO was lowest after epoch %d of %d, %.1f nats per cell, and is %.1f in the model, %.2f %% more; on the training cells it is %.1f.",
            best + 1, epochs, values[best], course.kept(values), 100 * rise, course.kept(training)),
        text(
            "After its best epoch the model learned the training cells by heart. Train for about as many epochs (--max-epochs %d), keep the best epoch (--early-stopping), or take a smaller network (--n-hidden).",
            best + 1));
  }

  private Judgement bestKept(double[] values, int best) {
    String finding =
        text(
            "Best epoch kept: on cells kept out of training, the ELBO was lowest after epoch %d of %d, %.1f nats per cell, and rose to %.1f; the model is that of epoch %d.",
            best + 1, epochs, values[best], values[epochs - 1], course.keptIndex(values) + 1);
    double rate = rateAt(best);
    return rate > SMALL_RATE && rateAt(epochs - 1) < rate
        ? new Judgement(
            TOPIC,
            Verdict.LOOK,
            finding,
            text(
                "The learning rate was then at %.0f %% of its highest. A training whose rate has fallen to its end by then usually fits better (--max-epochs %d).",
                100 * rate, best + 1))
        : new Judgement(TOPIC, Verdict.GOOD, finding, "");
  }

  private Judgement stillImproving(double[] values, double fall) {
    return new Judgement(
        TOPIC,
        fall < FALLING ? Verdict.LOOK : Verdict.POOR,
        text(
            "Still improving: on cells kept out of training, the ELBO fell by %.2f %% over the last tenth of %d epochs, to %.1f nats per cell.",
            100 * fall, epochs, values[epochs - 1]),
        text("More epochs should fit better (--max-epochs %d).", 2 * epochs));
  }

  private Judgement converged(double[] values, double fall) {
    double rate = rateAt(epochs - 1);
    return new Judgement(
        TOPIC,
        Verdict.GOOD,
        text(
                "Converged: on cells kept out of training, the ELBO is %.1f nats per cell and changed by %.2f %% over the last tenth of %d epochs; on the training cells it is %.1f.",
                course.kept(values), 100 * Math.abs(fall), epochs, course.kept(training))
            + (rate <= SMALL_RATE
                ? " The learning rate had fallen to its end by then, which flattens any course: only a training of another length can tell whether it fits better."
                : ""),
        "");
  }

  private Judgement withoutValidation() {
    if (epochs < TREND) {
      return tooFew();
    }
    double fall = fall(training);
    String finding =
        text(
            "No cells were kept out of training, so it cannot be seen whether more or fewer epochs would fit better. On the training cells the ELBO changed by %.2f %% over the last tenth of %d epochs, to %.1f nats per cell.",
            100 * Math.abs(fall), epochs, training[epochs - 1]);
    return fall < FALLING
        ? new Judgement(
            TOPIC,
            Verdict.UNKNOWN,
            finding,
            "To see it, keep a tenth of the cells out of training (--train-size 0.9).")
        : new Judgement(
            TOPIC,
            Verdict.POOR,
            finding,
            text(
                "So fast a fall at the end says that training was too short. Try more epochs (--max-epochs %d), with a tenth of the cells kept out (--train-size 0.9).",
                2 * epochs));
  }

  private Judgement tooFew() {
    return new Judgement(
        TOPIC,
        Verdict.UNKNOWN,
        text(
            "Training had %d %s, which is too few to see a trend.",
            epochs, epochs == 1 ? "epoch" : "epochs"),
        text("To see one, train longer (--max-epochs %d).", Math.max(TREND, 2 * epochs)));
  }

  /** {@return the place of the lowest value, the first of equal ones} */
  static int lowest(double[] values) {
    int best = 0;
    for (int e = 1; e < values.length; e++) {
      best = values[e] < values[best] ? e : best;
    }
    return best;
  }

  /** {@return the share by which values fell from the last tenth but one to the last tenth} */
  private double fall(double[] values) {
    int tenth = epochs / 10;
    double late = mean(values, epochs - tenth, epochs);
    return (mean(values, epochs - 2 * tenth, epochs - tenth) - late) / Math.abs(late);
  }

  /** {@return the learning rate of an epoch as a share of the highest; 1 where it is not known} */
  private double rateAt(int epoch) {
    return course
        .curve("lr")
        .map(Curve::training)
        .filter(rates -> rates.length == epochs)
        .map(rates -> rates[epoch] / Arrays.stream(rates).max().orElseThrow())
        .orElse(1.0);
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
