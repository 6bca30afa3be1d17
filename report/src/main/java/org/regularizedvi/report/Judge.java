package org.regularizedvi.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regularizedvi.report.Judgement.Verdict;

/**
 * Judges whether a run worked, by rules of thumb. They point at what deserves a look; they do not
 * decide. docs/report.md lists the limits.
 */
public final class Judge {
  private static final double SETTLED = 0.001;
  private static final double CLIMBED = 0.002;
  private static final double CLIMBED_FAR = 0.01;
  private static final double LIBRARY_SMALL = 0.02;
  private static final double LIBRARY_LARGE = 0.05;
  private static final double MIXED = 0.6;
  private static final double APART = 0.3;

  private Judge() {}

  /**
   * Judges convergence, over-fitting, library sizes, the latent space and mixing.
   *
   * @param report what was found
   * @return five judgements, in this order
   */
  public static List<Judgement> of(Report report) {
    List<Judgement> all = new ArrayList<>();
    Optional<Curve> elbo = report.curve("elbo");
    all.add(convergence(elbo));
    all.add(overfitting(elbo));
    all.add(library(report.fit()));
    all.add(dimensions(report.fit()));
    all.add(mixing(report.integration().mixing()));
    return all;
  }

  private static Judgement convergence(Optional<Curve> elbo) {
    String topic = "Convergence";
    int epochs = elbo.map(c -> c.training().length).orElse(0);
    int tenth = Math.max(1, epochs / 10);
    if (epochs < 10) {
      return new Judgement(
          topic,
          Verdict.UNKNOWN,
          "Training had %d %s, which is too few to see a trend."
              .formatted(epochs, epochs == 1 ? "epoch" : "epochs"),
          "Train longer (--max-epochs).");
    }
    double[] values = elbo.orElseThrow().training();
    double late = mean(values, epochs - tenth, epochs);
    double change = (mean(values, epochs - 2 * tenth, epochs - tenth) - late) / Math.abs(late);
    String finding =
        text(
            "The ELBO changed by %.2f %% over the last tenth of %d epochs, to %.1f nats per cell.",
            100 * change, epochs, values[epochs - 1]);
    return change < SETTLED
        ? new Judgement(topic, Verdict.GOOD, finding, "")
        : new Judgement(
            topic,
            change < 10 * SETTLED ? Verdict.LOOK : Verdict.POOR,
            finding,
            "The ELBO was still falling when training ended. More epochs would lower it further (--max-epochs %d)."
                .formatted(2 * epochs));
  }

  private static Judgement overfitting(Optional<Curve> elbo) {
    String topic = "Over-fitting";
    Optional<double[]> kept = elbo.flatMap(Curve::validation).filter(v -> v.length > 0);
    if (kept.isEmpty()) {
      return new Judgement(
          topic,
          Verdict.UNKNOWN,
          "No cells were kept out of training, so over-fitting cannot be seen.",
          "To see it, keep a tenth of the cells out of training (--train-size 0.9).");
    }
    double[] values = kept.get();
    double best = Arrays.stream(values).min().orElseThrow();
    double last = values[values.length - 1];
    double above = (last - best) / Math.abs(best);
    String finding =
        text(
            "On cells that were kept out of training, the ELBO ends at %.1f nats per cell, %.2f %% above its best; on the training cells it ends at %.1f.",
            last, 100 * above, elbo.orElseThrow().last());
    return above < CLIMBED
        ? new Judgement(topic, Verdict.GOOD, finding, "")
        : new Judgement(
            topic,
            above < CLIMBED_FAR ? Verdict.LOOK : Verdict.POOR,
            finding,
            "The ELBO climbed again after its best: the model began to learn the training cells by"
                + " heart. Stop earlier (--early-stopping), or constrain the decoder more"
                + " (--decoder-weight-l2, --dropout-rate).");
  }

  private static Judgement library(Report.Fit fit) {
    double kl = fit.of("kl_l");
    double share = kl / fit.elbo();
    String finding =
        text(
            "The library sizes cost %.1f nats per cell against their prior, %.1f %% of the ELBO.",
            kl, 100 * share);
    return share < LIBRARY_SMALL
        ? new Judgement("Library sizes", Verdict.GOOD, finding, "")
        : new Judgement(
            "Library sizes",
            share < LIBRARY_LARGE ? Verdict.LOOK : Verdict.POOR,
            finding,
            "The prior of the library size pulls against the data. Move the prior"
                + " (--library-log-means-centering-sensitivity) or widen it"
                + " (--library-log-vars-weight).");
  }

  private static Judgement dimensions(Report.Fit fit) {
    int all = fit.klPerDimension().length;
    String finding =
        text(
            "Of %2$d latent dimensions, %1$.1f are in use in a cell on average; %3$d are in use in some cell.",
            fit.activeDims(), all, fit.anyActiveDims());
    if (fit.activeDims() < 2) {
      return new Judgement(
          "Latent dimensions",
          Verdict.POOR,
          finding,
          "The model hardly uses its latent dimensions. Look at the counts, and try a longer warm-up"
              + " (--n-epochs-kl-warmup) or a weaker penalty (--decoder-weight-l2).");
    }
    return fit.activeDims() > 0.95 * all
        ? new Judgement(
            "Latent dimensions",
            Verdict.LOOK,
            finding,
            "Nearly all dimensions are in use in every cell, so more of them may find more (--n-latent %d)."
                .formatted(2 * all))
        : new Judgement("Latent dimensions", Verdict.GOOD, finding, "");
  }

  private static Judgement mixing(Optional<Integration.Mixing> measured) {
    if (measured.isEmpty()) {
      return new Judgement(
          "Mixing",
          Verdict.UNKNOWN,
          "The model has no batch key with two or more categories, so there is nothing to mix.",
          "");
    }
    Integration.Mixing mixing = measured.get();
    String finding =
        text(
            "Cells that differ in %s mix at %.2f among nearest neighbours (0: apart, 1: as by chance), measured on %,d cells.",
            mixing.key(), mixing.score(), mixing.cells());
    return mixing.score() >= MIXED
        ? new Judgement("Mixing", Verdict.GOOD, finding, "")
        : new Judgement(
            "Mixing",
            mixing.score() >= APART ? Verdict.LOOK : Verdict.POOR,
            finding,
            "Look at the map, coloured by %s. Groups that hold different kinds of cells should stay"
                    .formatted(mixing.key())
                + " apart. If cells of the same kind lie apart, name the column of the effect as a key"
                + " (--nn-conditioning-covariate-keys).");
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
