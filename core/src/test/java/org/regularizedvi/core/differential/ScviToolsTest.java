package org.regularizedvi.core.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CellGroups;

/**
 * The statistics against scvi-tools' own, on the same samples of expression: scvi.json, which
 * make_scvi.py beside it wrote.
 */
class ScviToolsTest {
  private static final JsonNode STORED = read();
  private static final int FEATURES = STORED.get("counts").get(0).size();

  private static JsonNode read() {
    try (var in = ScviToolsTest.class.getResourceAsStream("/differential/scvi.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<JsonNode> cases() {
    return StreamSupport.stream(STORED.get("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tablesAreTheSame(JsonNode expected) {
    FeatureSamples samples = new FeatureSamples(samples("a"), samples("b"), FEATURES);
    CountSums first = counts("a");
    CountSums second = counts("b");
    JsonNode drawn = expected.get("pairs");
    Pairs pairs =
        drawn.isEmpty()
            ? Pairs.inOrder(samples.firstSamples())
            : new Pairs(ints(drawn.get(0)), ints(drawn.get(1)));
    boolean change = expected.get("columns").has("delta");
    FeatureTests tests =
        change
            ? FeatureTests.change(
                new DifferentialMode.Change(
                    expected.get("delta").asDouble(),
                    OptionalDouble.empty(),
                    expected.get("fdr").asDouble()),
                expected.get("pseudocounts").isNull()
                    ? pseudocounts(samples, pairs, first, second)
                    : expected.get("pseudocounts").asDouble(),
                pairs,
                FEATURES)
            : FeatureTests.vanilla(pairs, FEATURES);
    // In two parts, as tiles come.
    tests.add(7, part(samples, 7, FEATURES));
    tests.add(0, part(samples, 0, 7));
    CellGroups groups = new CellGroups("kind", new int[] {0, 1}, List.of("a", "b"));
    List<String> names = IntStream.range(0, FEATURES).mapToObj(g -> "g" + g).toList();
    ComparedGroups found =
        tests.result("", new Contrast(groups, 0, OptionalInt.of(1)), names, first, second);
    assertSame(expected, found, change ? "proba_de" : "bayes_factor");
  }

  /** Column by column; rows of equal rank are in any order in what pandas sorted. */
  private static void assertSame(JsonNode expected, ComparedGroups found, String rank) {
    JsonNode columns = expected.get("columns");
    assertThat(found.columns().keySet())
        .containsExactlyElementsOf(
            columns
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !List.of("comparison", "group1", "group2").contains(name))
                .toList());
    assertThat(found.comparison()).isEqualTo(columns.get("comparison").get(0).asText());
    for (var entry : found.columns().entrySet()) {
      JsonNode own = columns.get(entry.getKey());
      for (int row = 0; row < FEATURES; row++) {
        int here = found.features().indexOf(expected.get("features").get(row).asText());
        String what = entry.getKey() + " of " + found.features().get(here);
        switch (entry.getValue()) {
          case Column.Numbers(double[] values, boolean _) -> {
            double value = own.get(row).asDouble();
            assertThat(values[here])
                .as(what)
                .isCloseTo(value, within(tolerance(entry.getKey(), value)));
            if (entry.getKey().equals(rank)) {
              assertThat(values[row]).as("order").isCloseTo(value, within(1e-6));
            }
          }
          case Column.Flags flags ->
              assertThat(flags.values()[row]).as(what).isEqualTo(own.get(row).asBoolean());
          default -> throw new AssertionError(what);
        }
      }
    }
  }

  /** scvi-tools computes in float32: a fold change is the difference of logs near -20. */
  private static double tolerance(String column, double value) {
    return column.startsWith("lfc_") ? 5e-6 : 3e-6 * Math.abs(value) + 1e-12;
  }

  private static double pseudocounts(
      FeatureSamples samples, Pairs pairs, CountSums first, CountSums second) {
    boolean[] without1 = first.unexpressed();
    boolean[] without2 = second.unexpressed();
    IntStream all = IntStream.range(0, FEATURES);
    return Pseudocounts.of(
        all.filter(g -> without1[g]).mapToDouble(g -> samples.max1(g, pairs)).toArray(),
        IntStream.range(0, FEATURES)
            .filter(g -> without2[g])
            .mapToDouble(g -> samples.max2(g, pairs))
            .toArray(),
        FEATURES);
  }

  private static FeatureSamples part(FeatureSamples all, int from, int to) {
    int n = all.firstSamples();
    int m = all.secondSamples();
    return new FeatureSamples(
        Arrays.copyOfRange(all.first(), from * n, to * n),
        Arrays.copyOfRange(all.second(), from * m, to * m),
        to - from);
  }

  /** The stored samples x features as features x samples. */
  private static float[] samples(String group) {
    JsonNode rows = STORED.get("scales").get(group);
    float[] values = new float[rows.size() * FEATURES];
    for (int s = 0; s < rows.size(); s++) {
      for (int g = 0; g < FEATURES; g++) {
        values[g * rows.size() + s] = (float) rows.get(s).get(g).asDouble();
      }
    }
    return values;
  }

  private static CountSums counts(String group) {
    CountSums sums = new CountSums(FEATURES);
    for (int n = 0; n < STORED.get("kinds").size(); n++) {
      if (STORED.get("kinds").get(n).asText().equals(group)) {
        int[] counts = ints(STORED.get("counts").get(n));
        int[] stored = IntStream.range(0, FEATURES).filter(g -> counts[g] > 0).toArray();
        float[] values = new float[stored.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = counts[stored[i]];
        }
        int[] indptr = {0, stored.length};
        sums.add(new SparseRows(FEATURES, indptr, stored, values), 0, IntStream.of(counts).sum());
      }
    }
    return sums;
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
