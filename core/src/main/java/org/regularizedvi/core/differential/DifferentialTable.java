package org.regularizedvi.core.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.cells.Tree;

/**
 * Holds comparisons one below another, as text for a CSV file and as annotations for uns. Its
 * columns are {@code modality} where modalities have names, {@code feature}, the numbers, and the
 * groups.
 *
 * @param comparisons at least one, all with the same columns
 */
public record DifferentialTable(List<ComparedGroups> comparisons) {
  /** Keeps copies, which nobody can change. */
  public DifferentialTable {
    comparisons = List.copyOf(comparisons);
  }

  /** {@return the names of the columns} */
  public List<String> header() {
    List<String> header = new ArrayList<>(named() ? List.of("modality") : List.of());
    header.add("feature");
    header.addAll(comparisons.getFirst().columns().keySet());
    header.addAll(List.of("comparison", "group1", "group2"));
    return header;
  }

  /**
   * {@return the rows as texts, each of which is made when it is asked for; numbers look as Python
   * writes them}
   */
  public Stream<List<String>> rows() {
    return comparisons.stream()
        .flatMap(own -> IntStream.range(0, own.features().size()).mapToObj(i -> row(own, i)));
  }

  private List<String> row(ComparedGroups own, int place) {
    List<String> row = new ArrayList<>(named() ? List.of(own.modality()) : List.of());
    row.add(own.features().get(place));
    own.columns().values().forEach(column -> row.add(text(column, place)));
    row.addAll(List.of(own.comparison(), own.group1(), own.group2()));
    return row;
  }

  /** {@return the columns as lists of the same length, with 1 and 0 for true and false} */
  public Tree tree() {
    SequencedMap<String, Tree> columns = new LinkedHashMap<>();
    if (named()) {
      columns.put("modality", texts(ComparedGroups::modality));
    }
    columns.put(
        "feature",
        new Tree.Texts(comparisons.stream().flatMap(own -> own.features().stream()).toList()));
    for (String name : comparisons.getFirst().columns().keySet()) {
      columns.put(
          name,
          new Tree.Reals(
              comparisons.stream()
                  .map(own -> numbers(own.columns().get(name)))
                  .flatMapToDouble(Arrays::stream)
                  .toArray()));
    }
    columns.put("comparison", texts(ComparedGroups::comparison));
    columns.put("group1", texts(ComparedGroups::group1));
    columns.put("group2", texts(ComparedGroups::group2));
    return new Tree.Dict(columns);
  }

  private boolean named() {
    return !comparisons.getFirst().modality().isEmpty();
  }

  private Tree texts(Function<ComparedGroups, String> value) {
    List<String> all = new ArrayList<>();
    comparisons.forEach(own -> own.features().forEach(_ -> all.add(value.apply(own))));
    return new Tree.Texts(all);
  }

  private static String text(Column column, int row) {
    return switch (column) {
      case Column.Numbers(double[] values, boolean _) -> PandasText.of(values[row], false);
      case Column.Flags flags -> PandasText.of(flags.values()[row]);
      case Column.Text _, Column.Categorical _ -> throw noText();
    };
  }

  private static double[] numbers(Column column) {
    return switch (column) {
      case Column.Numbers(double[] values, boolean _) -> values;
      case Column.Flags flags -> {
        double[] numbers = new double[flags.size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = flags.values()[i] ? 1 : 0;
        }
        yield numbers;
      }
      case Column.Text _, Column.Categorical _ -> throw noText();
    };
  }

  private static IllegalStateException noText() {
    return new IllegalStateException("a column of statistics holds text");
  }
}
