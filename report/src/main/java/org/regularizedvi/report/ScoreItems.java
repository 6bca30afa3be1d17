package org.regularizedvi.report;

import java.util.List;
import java.util.function.Function;
import org.regularizedvi.report.Item.Part;
import org.regularizedvi.report.Judgement.Verdict;

/**
 * Shows the scores of integration as a table that says what is usual and what a poor score may
 * mean.
 */
final class ScoreItems {
  /**
   * How a score is read, by rules of thumb.
   *
   * @param good the score is good from here on; where its value by chance is known, a share of that
   * @param poor the score is poor below
   */
  private record Rule(String says, String usual, double good, double poor, String advice) {}

  private ScoreItems() {}

  static void add(List<Integration.Score> scores, List<Item> items) {
    if (scores.isEmpty()) {
      return;
    }
    Table table =
        Table.of(
            new Table.Texts("score", texts(scores, Integration.Score::name)),
            new Table.Texts("of", texts(scores, Integration.Score::columns)),
            new Table.Numbers(
                "value", scores.stream().mapToDouble(Integration.Score::value).toArray()),
            new Table.Numbers(
                "at random",
                scores.stream().mapToDouble(s -> s.byChance().orElse(Double.NaN)).toArray()),
            new Table.Texts("usual", texts(scores, s -> rule(s.name()).usual())),
            new Table.Texts("verdict", texts(scores, s -> verdict(s).words())),
            new Table.Texts("says", texts(scores, ScoreItems::words)));
    items.add(
        new Item.OfTable(
            Part.SCORES,
            "integration-scores",
            "How well batches mix and labels stay apart. Higher is better.",
            table));
  }

  private static List<String> texts(
      List<Integration.Score> scores, Function<Integration.Score, String> text) {
    return scores.stream().map(text).toList();
  }

  /**
   * Judges a score. A mixing score can reach no more than chance gives, so its share of that is
   * judged, and of correlations what they are above chance.
   */
  static Verdict verdict(Integration.Score score) {
    Rule rule = rule(score.name());
    double judged =
        switch (score.name()) {
          case "ilisi" -> score.value() / score.byChance().orElse(1);
          case "marker_correlation", "marker_correlation_other_batch" ->
              score.value() - score.byChance().orElse(0);
          default -> score.value();
        };
    if (Double.isNaN(judged)) {
      return Verdict.UNKNOWN;
    }
    return judged >= rule.good()
        ? Verdict.GOOD
        : judged >= rule.poor() ? Verdict.LOOK : Verdict.POOR;
  }

  private static String words(Integration.Score score) {
    Rule rule = rule(score.name());
    return verdict(score) == Verdict.GOOD ? rule.says() : rule.says() + " " + rule.advice();
  }

  private static Rule rule(String score) {
    return switch (score) {
      case "ilisi" ->
          new Rule(
              "Batches mix in the neighbourhood of each cell.",
              "half of the value at random, or more",
              0.5,
              0.2,
              "Look at the map by batch. Where cells of the same kind lie apart, name the column of the"
                  + " effect as a key (--nn-conditioning-covariate-keys). Batches with kinds of cells of"
                  + " their own should lie apart.");
      case "silhouette_batch" ->
          new Rule(
              "Within a label, batches lie on each other.",
              "0.8 to 0.95",
              0.8,
              0.6,
              "Look at the map by batch, label by label: a batch that lies apart from the others of its"
                  + " label has an effect that the model did not take up.");
      case "clisi" ->
          new Rule(
              "The neighbourhood of each cell has one label.",
              "0.9 to 1",
              0.9,
              0.75,
              "Look at the map by label. Labels may be too fine or wrong, or the model may have mixed away too much.");
      case "silhouette_label" ->
          new Rule(
              "Labels lie apart; at 0.5 they do not lie apart at all.",
              "0.5 to 0.65",
              0.55,
              0.5,
              "Kinds of cells that pass into each other score low, which is no fault. Look at the map by label.");
      case "ari" ->
          new Rule(
              "Clusters put the same pairs of cells together as labels do.",
              "0.4 to 0.9",
              0.5,
              0.25,
              "Clusters may be finer or coarser than the labels (neighbors --resolution).");
      case "nmi" ->
          new Rule(
              "From the cluster of a cell one can tell its label.",
              "0.6 to 0.9",
              0.6,
              0.4,
              "Clusters may be finer or coarser than the labels (neighbors --resolution).");
      case "marker_correlation" ->
          new Rule(
              "Neighbours of a cell express the same marker genes as the cell.",
              "above the value at random by 0.1 or more",
              0.1,
              0,
              "Where neighbours are no more alike than cells at random, the latent representation does not"
                  + " follow the markers: look at the map by some of them.");
      case "marker_correlation_other_batch" ->
          new Rule(
              "Neighbours that are of other batches express the same marker genes as the cell.",
              "above the value at random by 0.1 or more",
              0.1,
              0,
              "Batches may have been mixed without regard to the kinds of cells.");
      case "marker_agreement" ->
          new Rule(
              "Cells have neighbours of other batches that express their marker genes more than cells at"
                  + " random do.",
              "0.9 to 1",
              0.9,
              0.7,
              "obs['regularizedvi_marker_neighbourhood'] says which cells are isolated, without neighbours"
                  + " of other batches, and which fail, with neighbours of another kind.");
      default -> throw new IllegalArgumentException("no score " + score);
    };
  }
}
