package org.regularizedvi.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.regularizedvi.formats.anndata.WrittenCheck;
import org.regularizedvi.input.InputException;

/** What several modalities say of the same cells, in every kind of column. */
class ColumnJoinTest {
  private static Column join(Column rna, Column atac) {
    SequencedMap<String, Column> columns = new LinkedHashMap<>();
    columns.put("rna", rna);
    columns.put("atac", atac);
    return new ColumnJoin("key", "a.h5mu", i -> "cell " + i).join(columns);
  }

  private static Column numbers(boolean whole, double... values) {
    return new Column.Numbers(values, whole);
  }

  private static Column text(String... values) {
    return new Column.Text(values);
  }

  private static Column categories(boolean ordered, List<String> categories, int... codes) {
    return new Column.Categorical(codes, categories, ordered);
  }

  private static void assertJoined(Column rna, Column atac, Column expected) {
    assertThat(WrittenCheck.same(join(rna, atac), expected)).isTrue();
  }

  @Test
  void eachCellTakesTheValueThatThereIs() {
    double none = Double.NaN;
    assertJoined(
        numbers(true, 1, none, 0.0, none),
        numbers(true, none, 2, -0.0, none),
        numbers(true, 1, 2, 0.0, none));
    assertJoined(numbers(true, 1, none), numbers(false, none, 2), numbers(false, 1, 2));
    assertJoined(text("a", null, "c", null), text(null, "b", "c", null), text("a", "b", "c", null));
    boolean[] yes = {true, true, false};
    assertJoined(
        new Column.Flags(yes, new boolean[] {false, true, true}),
        new Column.Flags(yes, new boolean[] {false, false, true}),
        new Column.Flags(yes, new boolean[] {false, false, true}));
  }

  @Test
  void categoriesOfTheFirstComeFirstAndKeepTheirOrderWhereAllAgree() {
    assertJoined(
        categories(true, List.of("z", "a"), 0, -1, 1),
        categories(true, List.of("z", "a"), -1, 1, 1),
        categories(true, List.of("z", "a"), 0, 1, 1));
    assertJoined(
        categories(true, List.of("z", "a"), 0, -1, 1),
        categories(true, List.of("a", "m"), -1, 1, 0),
        categories(false, List.of("z", "a", "m"), 0, 2, 1));
    assertJoined(
        categories(false, List.of("z", "a"), 0, -1, 1), text("z", "y", null), text("z", "y", "a"));
  }

  @Test
  void differencesAreToldWithTheCellAndBothValues() {
    assertThatThrownBy(() -> join(numbers(true, 1, 2), numbers(true, 1, 3)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a.h5mu: obs['key'] of cell 'cell 1' is 2.0 in modality 'rna' and 3.0 in 'atac'; make them agree, or name one of them: 'atac:key'.");
    assertThatThrownBy(() -> join(categories(false, List.of("x", "y"), 0, 0), text("x", "y")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cell 'cell 1' is 'x' in modality 'rna' and 'y' in 'atac'");
    boolean[] none = new boolean[1];
    assertThatThrownBy(
            () -> join(new Column.Flags(new boolean[] {true}, none), new Column.Flags(none, none)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is True in modality 'rna' and False in 'atac'");
    assertThatThrownBy(() -> join(numbers(true, 1), text("1")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds numbers in modality 'rna' and text in 'atac'");
  }
}
