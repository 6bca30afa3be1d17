package org.regularizedvi.analysis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.analysis.MarkerNeighbourhoods.State;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.ScoreKeys;
import org.regularizedvi.input.InputException;

/**
 * Counts the cells by what marker genes say of their neighbourhoods in two representations, such as
 * those of two models; cells that one of them leaves out are not counted.
 *
 * @param first name of the one representation
 * @param second name of the other
 * @param counts for each state in the first, the number of cells in each state in the second
 */
public record MarkerContingency(String first, String second, int[][] counts) {
  /**
   * Compares two representations of the same cells.
   *
   * @param first name of the representation of the map
   * @param found a map by the one representation, scored with markers
   * @param second name in obsm of the other representation
   * @param source the cells
   * @return the counts
   * @throws InputException when the other representation is missing or cannot be mapped
   */
  public static MarkerContingency of(
      String first, ScoredMap found, String second, CellSource source) {
    IntegrationScores scores = found.scores().orElseThrow();
    String where = "obsm['%s'] of %s".formatted(second, source.cells().source());
    MapConfig own = found.map().config();
    MapConfig config =
        new MapConfig(
            own.neighbours(), Optional.empty(), Optional.empty(), own.seed(), own.mostCells());
    CellMap other = CellMap.of(where, source.obsm(second), config, _ -> {});
    ScoreKeys keys = scores.keys();
    return new MarkerContingency(
        first,
        second,
        scores.markers().orElseThrow().contingency(IntegrationScores.markers(other, source, keys)));
  }

  /** {@return the addition to a file: {@code uns['regularizedvi_marker_contingency']}} */
  public Addition addition() {
    SequencedMap<String, Tree> entries = new LinkedHashMap<>();
    entries.put("use_rep", new Tree.Text(first));
    entries.put("compare_rep", new Tree.Text(second));
    entries.put("states", new Tree.Texts(words()));
    for (State state : State.values()) {
      double[] row = Arrays.stream(counts[state.ordinal()]).asDoubleStream().toArray();
      entries.put(state.word(), new Tree.Reals(row));
    }
    return new Addition.Uns("regularizedvi_marker_contingency", new Tree.Dict(entries));
  }

  private static List<String> words() {
    return Arrays.stream(State.values()).map(State::word).toList();
  }

  /** {@return the counts as a text: a line for each state in the first representation} */
  public String text() {
    StringBuilder text = new StringBuilder("%s \\ %s".formatted(first, second));
    words().forEach(word -> text.append(String.format(Locale.ROOT, " %9s", word)));
    for (State state : State.values()) {
      text.append(String.format(Locale.ROOT, "\n%-10s", state.word()));
      for (int count : counts[state.ordinal()]) {
        text.append(String.format(Locale.ROOT, " %,9d", count));
      }
    }
    return text.toString();
  }
}
