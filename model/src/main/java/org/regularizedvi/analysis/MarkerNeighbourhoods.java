package org.regularizedvi.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.maps.ProfileCorrelation;

/**
 * Tells of each mapped cell how its marker genes correlate with the mean of its neighbours, by the
 * weights of the map, and whether that is more than with as many cells at random. Correlations are
 * NaN where a cell has no such neighbours or no marker gene.
 *
 * @param all the number of cells, those left out of the map among them
 * @param cells the place of each mapped cell among all, ascending
 * @param withAll correlation with all neighbours
 * @param withSame with those of the same batch
 * @param withOther with those of other batches
 * @param withRandom with as many cells as there are neighbours, drawn from all
 * @param withRandomOther with as many cells of other batches as there are neighbours of these
 * @param states what that says of the cell
 */
public record MarkerNeighbourhoods(
    int all,
    int[] cells,
    double[] withAll,
    double[] withSame,
    double[] withOther,
    double[] withRandom,
    double[] withRandomOther,
    List<State> states) {
  private static final String PREFIX = "regularizedvi_marker_";

  /** Says whether the neighbourhood of a cell is well integrated. */
  public enum State {
    /** Neighbours of other batches express the cell's markers more than cells at random do. */
    AGREES,
    /** There are neighbours of other batches, but they do not. */
    FAILS,
    /** There is no neighbour of another batch. */
    ISOLATED,
    /** The cell has no marker gene, or all alike, so that nothing correlates with it. */
    UNKNOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keeps a copy of the states. */
  public MarkerNeighbourhoods {
    states = List.copyOf(states);
  }

  static MarkerNeighbourhoods of(CellMap map, ProfileCorrelation correlation) {
    double[] withOther = correlation.withOther();
    double[] withRandom = correlation.withRandom();
    double[] withRandomOther = correlation.withRandomOther();
    int[] others = correlation.others();
    List<State> states = new ArrayList<>();
    for (int i = 0; i < others.length; i++) {
      if (Double.isNaN(withRandom[i])) {
        states.add(State.UNKNOWN);
      } else if (others[i] == 0) {
        states.add(State.ISOLATED);
      } else {
        states.add(withOther[i] > withRandomOther[i] ? State.AGREES : State.FAILS);
      }
    }
    return new MarkerNeighbourhoods(
        map.all(),
        map.cells(),
        correlation.withAll(),
        correlation.withSame(),
        withOther,
        withRandom,
        withRandomOther,
        states);
  }

  /** {@return the share of the cells in a state, of those whose state is known} */
  double share(State state) {
    return share(state, _ -> true);
  }

  private double share(State state, IntPredicate taken) {
    int[] known =
        IntStream.range(0, states.size())
            .filter(i -> taken.test(i) && states.get(i) != State.UNKNOWN)
            .toArray();
    return (double) Arrays.stream(known).filter(i -> states.get(i) == state).count() / known.length;
  }

  /** {@return the median of the correlations that there are, NaN of none} */
  static double median(double[] correlations) {
    double[] sorted = Arrays.stream(correlations).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /**
   * {@return a summary by the values of a column}
   *
   * @param names its values
   * @param codes the value of each mapped cell
   */
  Tree summary(List<String> names, int[] codes) {
    double[] number = new double[names.size()];
    double[] ofAll = new double[number.length];
    double[] ofOther = new double[number.length];
    double[] random = new double[number.length];
    double[] isolated = new double[number.length];
    double[] fails = new double[number.length];
    for (int c = 0; c < number.length; c++) {
      int own = c;
      IntPredicate taken = i -> codes[i] == own;
      number[c] = Arrays.stream(codes).filter(code -> code == own).count();
      ofAll[c] = median(some(withAll, taken));
      ofOther[c] = median(some(withOther, taken));
      random[c] = median(some(withRandomOther, taken));
      isolated[c] = share(State.ISOLATED, taken);
      fails[c] = share(State.FAILS, taken);
    }
    SequencedMap<String, Tree> table = new LinkedHashMap<>();
    table.put("names", new Tree.Texts(names));
    table.put("n_cells", new Tree.Reals(number));
    table.put("correlation", new Tree.Reals(ofAll));
    table.put("correlation_other_batch", new Tree.Reals(ofOther));
    table.put("correlation_random_other_batch", new Tree.Reals(random));
    table.put("isolated", new Tree.Reals(isolated));
    table.put("fails", new Tree.Reals(fails));
    return new Tree.Dict(table);
  }

  private static double[] some(double[] values, IntPredicate taken) {
    return IntStream.range(0, values.length).filter(taken).mapToDouble(i -> values[i]).toArray();
  }

  /** {@return what is added to the cells of a file} */
  List<Addition> additions() {
    return List.of(
        column("correlation", withAll),
        column("correlation_same_batch", withSame),
        column("correlation_other_batch", withOther),
        column("correlation_random", withRandom),
        column("correlation_random_other_batch", withRandomOther),
        new Addition.ObsColumn(PREFIX + "neighbourhood", stateColumn()));
  }

  private Addition column(String name, double[] values) {
    double[] placed = new double[all];
    Arrays.fill(placed, Double.NaN);
    for (int i = 0; i < cells.length; i++) {
      placed[cells[i]] = values[i];
    }
    return new Addition.ObsColumn(PREFIX + name, new Column.Numbers(placed, false));
  }

  private Column stateColumn() {
    int[] codes = new int[all];
    Arrays.fill(codes, -1);
    for (int i = 0; i < cells.length; i++) {
      codes[cells[i]] = states.get(i).ordinal();
    }
    List<String> words = Arrays.stream(State.values()).map(State::word).toList();
    return new Column.Categorical(codes, words, false);
  }

  /**
   * {@return how many cells are in each two states, of this map and of another of the same cells}
   *
   * @param other neighbourhoods in another representation
   */
  public int[][] contingency(MarkerNeighbourhoods other) {
    State[] own = new State[all];
    for (int i = 0; i < cells.length; i++) {
      own[cells[i]] = states.get(i);
    }
    int[][] counts = new int[State.values().length][State.values().length];
    for (int i = 0; i < other.cells.length; i++) {
      Optional<State> here = Optional.ofNullable(own[other.cells[i]]);
      int column = other.states.get(i).ordinal();
      here.ifPresent(state -> counts[state.ordinal()][column]++);
    }
    return counts;
  }
}
