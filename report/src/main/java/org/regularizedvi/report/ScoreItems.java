package org.regularizedvi.report;

import java.util.List;
import java.util.function.Function;
import org.regularizedvi.report.Item.Part;
import org.regularizedvi.report.Judgement.Verdict;

/** Scores of integration as a table, with what is usual and what a poor one may mean. */
final class ScoreItems {
  /**
   * How a score is read, by rules of thumb.
   *
   * @param good from here on it is; of a score known by chance, a share of that
   * @param poor below it is
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
            "How batches mix and labels stay apart; higher is better.",
            table));
  }

  private static List<String> texts(
      List<Integration.Score> scores, Function<Integration.Score, String> text) {
    return scores.stream().map(text).toList();
  }

  /** Of mixing, which can reach no more than chance gives, the share of that is judged. */
  static Verdict verdict(Integration.Score score) {
    Rule rule = rule(score.name());
    double judged =
        score.name().equals("ilisi") ? score.value() / score.byChance().orElse(1) : score.value();
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
              "Batches mix in the neighbourhood of a cell.",
              "half of that at random, or more",
              0.5,
              0.2,
              "Look at the map by batch: where the same kinds of cells lie apart, give the effect its"
                  + " key (--nn-conditioning-covariate-keys); batches with kinds of their own should"
                  + " lie apart.");
      case "silhouette_batch" ->
          new Rule(
              "Within a label, batches lie on each other.",
              "0.8 to 0.95",
              0.8,
              0.6,
              "Look at the map by batch, label by label: a batch apart from the others of its label has"
                  + " an effect that the model did not take up.");
      case "clisi" ->
          new Rule(
              "The neighbourhood of a cell has one label.",
              "0.9 to 1",
              0.9,
              0.75,
              "Look at the map by label: labels may be too fine or wrong, or too much was mixed away.");
      case "silhouette_label" ->
          new Rule(
              "Labels lie apart; 0.5 is not at all.",
              "0.5 to 0.65",
              0.55,
              0.5,
              "Kinds that pass into each other score low without fault; look at the map by label.");
      case "ari" ->
          new Rule(
              "Clusters are the labels, cell pair by cell pair.",
              "0.4 to 0.9",
              0.5,
              0.25,
              "Clusters may be finer or coarser than the labels: see neighbors --resolution.");
      case "nmi" ->
          new Rule(
              "Clusters tell the labels.",
              "0.6 to 0.9",
              0.6,
              0.4,
              "Clusters may be finer or coarser than the labels: see neighbors --resolution.");
      default -> throw new IllegalArgumentException("no score " + score);
    };
  }
}
