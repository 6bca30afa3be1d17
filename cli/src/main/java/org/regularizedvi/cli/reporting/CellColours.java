package org.regularizedvi.cli.reporting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.report.MapView;

/** Reads the columns of the table of cells that a map can be coloured by. */
final class CellColours {
  private static final int MOST_GROUPS = 500;
  private static final int MOST_COLUMNS = 24;

  private CellColours() {}

  /**
   * Reads the columns asked for, or the model's keys and then the other columns of a file of one
   * modality, those of few enough groups.
   *
   * @throws InputException when a column asked for is missing or has too many groups
   */
  static List<MapView.Colour> of(RegularizedModel model, CellSource source, Chosen chosen) {
    List<MapView.Colour> colours = new ArrayList<>();
    if (chosen.obs().isPresent()) {
      for (String key : chosen.obs().get()) {
        MapView.Colour colour = colour(key, source.cells().obs(key));
        if (colour instanceof MapView.Groups groups && groups.categories().size() > MOST_GROUPS) {
          throw new InputException(
              "obs['%s'] of %s has %d values; expected at most %d to colour a map by."
                  .formatted(
                      key, source.cells().source(), groups.categories().size(), MOST_GROUPS));
        }
        colours.add(colour);
      }
      return colours;
    }
    for (String key : itself(model, source)) {
      MapView.Colour colour = colour(key, source.cells().obs(key));
      boolean few =
          !(colour instanceof MapView.Groups groups) || groups.categories().size() <= MOST_GROUPS;
      if (few && colours.size() < MOST_COLUMNS) {
        colours.add(colour);
      }
    }
    return colours;
  }

  private static SequencedSet<String> itself(RegularizedModel model, CellSource source) {
    SequencedSet<String> keys =
        new LinkedHashSet<>(new TreeSet<>(model.schema().mappings().keySet()));
    keys.remove(CategoryMapping.ONE_GROUP);
    if (source.modalities().getFirst().isEmpty()) {
      keys.addAll(source.cells().obsColumns());
    }
    return keys;
  }

  private static MapView.Colour colour(String key, Column column) {
    return switch (column) {
      case Column.Categorical c -> new MapView.Groups(key, c.codes(), c.categories());
      case Column.Text t -> groups(key, t.values());
      case Column.Numbers n -> numbers(key, n.values());
      case Column.Flags f ->
          groups(
              key,
              IntStream.range(0, f.size())
                  .mapToObj(i -> f.missing()[i] ? null : String.valueOf(f.values()[i]))
                  .toArray(String[]::new));
    };
  }

  static MapView.Numbers numbers(String name, double[] values) {
    float[] floats = new float[values.length];
    IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
    return new MapView.Numbers(name, floats);
  }

  private static MapView.Groups groups(String key, String[] values) {
    List<String> categories =
        Arrays.stream(values).filter(Objects::nonNull).distinct().sorted().toList();
    int[] codes =
        Arrays.stream(values)
            .mapToInt(v -> v == null ? -1 : java.util.Collections.binarySearch(categories, v))
            .toArray();
    return new MapView.Groups(key, codes, categories);
  }
}
