package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import java.util.List;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.StoredArray;

/** Reads an array of any kind as text, the way pandas would show it: names of rows, categories. */
final class Labels {
  private Labels() {}

  static String[] read(Hierarchy file, String path) {
    if (file.kind(path) == Hierarchy.Kind.GROUP) {
      return render(Columns.read(file, path));
    }
    try (StoredArray dataset = file.array(path)) {
      ElementType type = dataset.type();
      return switch (type.kind()) {
        case INTEGER ->
            Arrays.stream(dataset.longs())
                .mapToObj(v -> PandasText.of(v, type.signed()))
                .toArray(String[]::new);
        case FLOAT ->
            Arrays.stream(dataset.doubles())
                .mapToObj(v -> PandasText.of(v, type.bytes() <= Float.BYTES))
                .toArray(String[]::new);
        case BOOLEAN ->
            Arrays.stream(dataset.ints())
                .mapToObj(v -> PandasText.of(v != 0))
                .toArray(String[]::new);
        case TEXT, COMPOUND, OTHER -> dataset.strings();
      };
    }
  }

  private static String[] render(Column column) {
    return switch (column) {
      case Column.Categorical(int[] codes, List<String> categories, _) ->
          Arrays.stream(codes)
              .mapToObj(c -> c < 0 ? "nan" : categories.get(c))
              .toArray(String[]::new);
      case Column.Text(String[] values) -> values;
      case Column.Numbers(double[] values, boolean whole) ->
          Arrays.stream(values)
              .mapToObj(
                  v ->
                      whole && !Double.isNaN(v) ? Long.toString((long) v) : PandasText.of(v, false))
              .toArray(String[]::new);
      case Column.Flags(boolean[] values, boolean[] missing) -> {
        String[] texts = new String[values.length];
        Arrays.setAll(texts, i -> missing[i] ? "<NA>" : PandasText.of(values[i]));
        yield texts;
      }
    };
  }
}
