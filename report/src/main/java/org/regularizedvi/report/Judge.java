package org.regularizedvi.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regularizedvi.report.Judgement.Verdict;

/**
 * Judges whether a run worked, by rules of thumb. They point at what deserves a look; they do not
 * decide. docs/report.md lists the limits.
 */
public final class Judge {
  private static final double LIBRARY_SMALL = 0.02;
  private static final double LIBRARY_LARGE = 0.05;
  private static final double MIXED = 0.6;
  private static final double APART = 0.3;

  private Judge() {}

  /**
   * Judges the training, library sizes, the latent space and mixing.
   *
   * @param report what was found
   * @return four judgements, in this order
   */
  public static List<Judgement> of(Report report) {
    List<Judgement> all = new ArrayList<>();
    all.add(TrainingJudge.of(report.course()));
    all.add(library(report.fit()));
    all.add(dimensions(report.fit()));
    all.add(mixing(report.integration().mixing()));
    return all;
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

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
