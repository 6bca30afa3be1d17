package org.regularizedvi.cells.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.InputException;

/**
 * The rules of the keys as the model's specification has them, and categories as pandas sorts them.
 */
final class SchemaTest {
  private static final CellTable TABLE =
      table(
          Map.of(
              "text", new Column.Text(new String[] {"b", "a", "\uD83E\uDDEC", "\uFFFD", "a"}),
              "ordered",
                  new Column.Categorical(
                      new int[] {2, 0, 2, 0, 0}, List.of("low", "unused", "high"), true),
              "whole", new Column.Numbers(new double[] {10, 9, 10, -1, 9}, true),
              "real", new Column.Numbers(new double[] {0.5, 1e-5, 1e16, 0.5, 2}, false),
              "flag",
                  new Column.Flags(new boolean[] {true, false, true, true, false}, new boolean[5]),
              "gap", new Column.Text(new String[] {"a", "a", null, "a", null}),
              "one", new Column.Text(new String[] {"x", "x", "x", "x", "x"})));

  @Test
  void batchKeyStandsForThreePurposes() {
    Schema schema = Schema.fit(CovariateKeys.batch("whole"), TABLE);
    for (Purpose purpose :
        List.of(Purpose.AMBIENT, Purpose.DISPERSION, Purpose.LIBRARY_SIZE, Purpose.BATCH)) {
      assertThat(schema.names(purpose)).as(purpose.option()).containsExactly("-1", "9", "10");
    }
    assertThat(schema.names(Purpose.NN_CONDITIONING)).isEmpty();
    assertThat(schema.names(Purpose.FEATURE_SCALING)).isEmpty();
  }

  @Test
  void batchKeyExcludesEachOfTheThree() {
    for (CovariateKeys keys :
        List.of(
            CovariateKeys.batch("one").withAmbient("text"),
            CovariateKeys.batch("one").withDispersion("text"),
            CovariateKeys.batch("one").withLibrarySize("text"))) {
      assertThatThrownBy(keys::resolve)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("exclude each other");
    }
  }

  @Test
  void namesEveryPurposeThatLacksAKey() {
    assertThatThrownBy(() -> CovariateKeys.none().withDispersion("text").resolve())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("missing ambient_covariate_keys and library_size_key");
  }

  @Test
  void featureScalingTakesTheConditioningKeysUnlessItHasItsOwn() {
    CovariateKeys keys = CovariateKeys.batch("one").withNnConditioning("text", "flag");
    assertThat(keys.resolve().get(Purpose.FEATURE_SCALING)).containsExactly("text", "flag");
    assertThat(keys.withFeatureScaling("whole").resolve().get(Purpose.FEATURE_SCALING))
        .containsExactly("whole");
  }

  @Test
  void sortsAsPandasDoes() {
    assertThat(categories("text"))
        .as("by code point")
        .containsExactly("a", "b", "\uFFFD", "\uD83E\uDDEC");
    assertThat(categories("ordered")).as("own order, none unused").containsExactly("low", "high");
    assertThat(categories("whole")).containsExactly("-1", "9", "10");
    assertThat(categories("real")).containsExactly("1e-05", "0.5", "2.0", "1e+16");
    assertThat(categories("flag")).containsExactly("False", "True");
  }

  @Test
  void severalKeysStandSideBySideInTheirOrder() {
    CovariateKeys keys =
        CovariateKeys.none()
            .withAmbient("flag", "one")
            .withDispersion("one")
            .withLibrarySize("one");
    Schema schema = Schema.fit(keys, TABLE);
    assertThat(schema.names(Purpose.AMBIENT)).containsExactly("flag=False", "flag=True", "one=x");
    assertThat(schema.sizes(Purpose.AMBIENT)).containsExactly(2, 1);
    Covariates covariates = schema.encode(TABLE);
    assertThat(covariates.codes(Purpose.AMBIENT)[0]).containsExactly(1, 0, 1, 1, 0);
    assertThat(covariates.gather(new int[] {4, 2}).codes(Purpose.AMBIENT)[0]).containsExactly(0, 1);
    assertThat(covariates.byGroup(new int[] {0, 1, 2, 3, 4})).containsExactly(1, 4, 0, 2, 3);
  }

  @Test
  void refusesACellWithoutAValueAndNamesIt() {
    assertThatThrownBy(() -> Schema.fit(CovariateKeys.batch("gap"), TABLE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("obs['gap']")
        .hasMessageContaining("2 of 5")
        .hasMessageContaining("'cell2'");
  }

  @Test
  void refusesACategoryThatItHasNotSeen() {
    Schema schema = Schema.fit(CovariateKeys.batch("one"), TABLE);
    CellTable other = table(Map.of("one", new Column.Text(new String[] {"x", "y", "z", "x", "x"})));
    assertThatThrownBy(() -> schema.encode(other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "2 categories that the model has not seen: 'y', 'z'; it knows 'x'; embed --extend gives new ones parameters of their own.");
  }

  @Test
  void newCategoriesStandBehindTheKnownOnes() {
    Schema schema = Schema.fit(CovariateKeys.batch("one"), TABLE);
    CellTable other = table(Map.of("one", new Column.Text(new String[] {"z", "x", "a", "z", "x"})));
    Schema extended = schema.extended(other);
    assertThat(extended.of(Purpose.AMBIENT).getFirst().categories()).containsExactly("x", "a", "z");
    assertThat(extended.encode(other).codes(Purpose.AMBIENT)[0]).containsExactly(2, 0, 1, 2, 0);
    assertThat(extended.keys()).isEqualTo(schema.keys());
    assertThat(schema.extended(TABLE)).isEqualTo(schema);
  }

  @Test
  void readsNumbersAndSizeFactors() {
    CovariateKeys keys = CovariateKeys.batch("one").withNnContinuous("whole", "flag");
    Covariates covariates = Schema.fit(keys, TABLE).encode(TABLE);
    assertThat(covariates.continuous()[0]).containsExactly(10, 9, 10, -1, 9);
    assertThat(covariates.continuous()[1]).containsExactly(1, 0, 1, 1, 0);
    Covariates sized =
        Schema.fit(CovariateKeys.batch("one").withSizeFactor("real"), TABLE).encode(TABLE);
    assertThat(sized.logSizeFactor()[0]).isEqualTo((float) Math.log(0.5));
    assertThatThrownBy(
            () ->
                Schema.fit(CovariateKeys.batch("one").withSizeFactor("whole"), TABLE).encode(TABLE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("must be positive, but cell 'cell3' has -1.0");
    assertThatThrownBy(
            () ->
                Schema.fit(CovariateKeys.batch("one").withNnContinuous("text"), TABLE)
                    .encode(TABLE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds text");
  }

  private static List<String> categories(String key) {
    return CategoryMapping.fit(key, TABLE.obs(key), "table", TABLE.obsNames()).categories();
  }

  private static CellTable table(Map<String, Column> columns) {
    return new CellTable() {
      @Override
      public String source() {
        return "table";
      }

      @Override
      public int nObs() {
        return 5;
      }

      @Override
      public List<String> obsNames() {
        return IntStream.range(0, 5).mapToObj(i -> "cell" + i).toList();
      }

      @Override
      public List<String> obsColumns() {
        return List.copyOf(columns.keySet());
      }

      @Override
      public Column obs(String key) {
        return columns.get(key);
      }
    };
  }
}
