package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import java.util.List;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.formats.hierarchy.StoredField;
import org.regularizedvi.input.InputException;

/**
 * Reads a table as one dataset of records, as anndata before 0.7 wrote it; categories are in uns.
 */
record RecordTable(Hierarchy file, String path, String indexField, int rows, List<String> columns)
    implements Table {

  static RecordTable open(Hierarchy file, String path) {
    try (StoredArray records = file.array(path)) {
      List<String> fields = records.fields();
      if (fields.isEmpty() || records.shape().length != 1) {
        throw new InputException(
            "%s should be a table (a group, or a list of records).".formatted(records.where()));
      }
      String index = fields.contains("index") ? "index" : fields.getFirst();
      return new RecordTable(
          file, path, index, rows(records), fields.stream().filter(f -> !f.equals(index)).toList());
    }
  }

  private static int rows(StoredArray records) {
    long rows = records.shape()[0];
    if (rows > Integer.MAX_VALUE) {
      throw new InputException(
          "%s has %,d rows; at most %,d can be read."
              .formatted(records.where(), rows, Integer.MAX_VALUE));
    }
    return (int) rows;
  }

  @Override
  public List<String> index() {
    try (StoredArray records = file.array(path)) {
      StoredField field = records.field(indexField);
      return switch (field.type().kind()) {
        case INTEGER ->
            Arrays.stream(field.longs())
                .mapToObj(v -> PandasText.of(v, field.type().signed()))
                .toList();
        case TEXT -> List.of(field.strings());
        case FLOAT, BOOLEAN, COMPOUND, OTHER ->
            throw new InputException(
                "%s should have row names, found %s."
                    .formatted(records.where(), field.type().describe()));
      };
    }
  }

  @Override
  public Column column(String name) {
    String categories = "uns/" + name + "_categories";
    try (StoredArray records = file.array(path)) {
      StoredField field = records.field(name);
      return switch (field.type().kind()) {
        case INTEGER ->
            file.exists(categories)
                ? CategoricalCodec.checked(
                    Arrays.stream(field.longs())
                        .mapToInt(code -> Math.clamp(code, Integer.MIN_VALUE, Integer.MAX_VALUE))
                        .toArray(),
                    List.of(Labels.read(file, categories)),
                    false,
                    "Column '%s' of %s".formatted(name, records.where()))
                : new Column.Numbers(field.doubles(), true);
        case FLOAT -> new Column.Numbers(field.doubles(), false);
        case BOOLEAN ->
            ArrayCodec.flags(Arrays.stream(field.doubles()).mapToInt(v -> (int) v).toArray());
        case TEXT -> new Column.Text(field.strings());
        case COMPOUND, OTHER ->
            throw new InputException(
                "Column '%s' of %s should hold numbers or text, found %s."
                    .formatted(name, records.where(), field.type().describe()));
      };
    }
  }
}
