package org.regularizedvi.spark.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Schema;

/**
 * Makes a cell up that any model can be asked about: the answer about it shows which columns
 * answers about others will have.
 */
public final class ExampleCell {
  private ExampleCell() {}

  /**
   * {@return a cell of the first category of each key and with 1 for each number, which has one
   * count in each modality}
   *
   * @param schema the model's keys
   * @param tables the features of the cells that it will be asked about, by modality
   * @param features the model's features, by modality
   */
  public static Window of(
      Schema schema,
      SequencedMap<String, FeatureTable> tables,
      Map<String, List<String>> features) {
    SequencedMap<String, Column> columns = new LinkedHashMap<>();
    for (String key : schema.columns()) {
      CategoryMapping mapping = schema.mappings().get(key);
      columns.put(
          key,
          mapping == null
              ? new Column.Numbers(new double[] {1}, true)
              : new Column.Categorical(new int[1], mapping.categories().subList(0, 1), false));
    }
    Map<String, SparseRows> rows = new LinkedHashMap<>();
    tables.forEach(
        (modality, table) -> {
          List<String> names = table.varNames();
          int known = Math.max(0, place(names, features.get(modality)));
          rows.put(
              modality,
              new SparseRows(names.size(), new int[] {0, 1}, new int[] {known}, new float[] {1}));
        });
    return new Window(
        new WindowTable("an example", List.of("example"), new int[] {0}, columns),
        tables,
        rows,
        List.<Object[]>of(new Object[0]));
  }

  /** {@return the place of the first of the model's features that the cells have, -1 for none} */
  private static int place(List<String> names, List<String> features) {
    return features.stream().mapToInt(names::indexOf).filter(at -> at >= 0).findFirst().orElse(-1);
  }
}
