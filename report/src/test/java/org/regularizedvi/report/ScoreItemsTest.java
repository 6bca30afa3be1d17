package org.regularizedvi.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.report.Judgement.Verdict;

class ScoreItemsTest {
  @ParameterizedTest
  @CsvSource({
    "ilisi, 0.5, 0.9, GOOD", // more than half of chance
    "ilisi, 0.12, 0.22, GOOD", // batches of unequal size: little is possible
    "ilisi, 0.2, 0.9, LOOK",
    "ilisi, 0.1, 0.9, POOR",
    "clisi, 0.95, 0.3, GOOD",
    "clisi, 0.5, 0.3, POOR",
    "silhouette_label, 0.52, , LOOK",
    "silhouette_batch, 0.9, , GOOD",
    "ari, -0.01, , POOR",
    "nmi, 0.7, , GOOD",
    "nmi, NaN, , UNKNOWN"
  })
  void verdictsGoByChanceWhereItBoundsTheScore(
      String name, double value, Double byChance, Verdict expected) {
    OptionalDouble chance = byChance == null ? OptionalDouble.empty() : OptionalDouble.of(byChance);
    assertThat(ScoreItems.verdict(new Integration.Score(name, "c", value, chance)))
        .isEqualTo(expected);
  }

  @Test
  void onlyWhatIsNotGoodGetsAdvice() {
    List<Item> items = new ArrayList<>();
    ScoreItems.add(
        List.of(
            new Integration.Score("ilisi", "donor", 0.1, OptionalDouble.of(1)),
            new Integration.Score("clisi", "type", 1, OptionalDouble.of(0.2))),
        items);
    Table table = ((Item.OfTable) items.getFirst()).table();
    assertThat(((Table.Texts) table.columns().getLast()).values())
        .satisfiesExactly(
            poor -> assertThat(poor).contains("--nn-conditioning-covariate-keys"),
            good -> assertThat(good).isEqualTo("The neighbourhood of each cell has one label."));
  }

  @Test
  void withoutScoresThereIsNoTable() {
    List<Item> items = new ArrayList<>();
    ScoreItems.add(List.of(), items);
    assertThat(items).isEmpty();
  }
}
