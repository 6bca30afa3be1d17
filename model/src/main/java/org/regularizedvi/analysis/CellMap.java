package org.regularizedvi.analysis;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.maps.Connectivities;
import org.regularizedvi.maps.Graph;
import org.regularizedvi.maps.Leiden;
import org.regularizedvi.maps.Neighbours;
import org.regularizedvi.maps.Points;
import org.regularizedvi.maps.Threads;
import org.regularizedvi.maps.UmapCurve;
import org.regularizedvi.maps.UmapLayout;

/**
 * Holds neighbourhoods of cells in a representation, and what was asked for of them. A cell whose
 * row of the representation is all NaN, as one that lacks every modality, is left out; of more
 * cells than are asked for, so many are drawn at random.
 *
 * @param config the options that the map was made with
 * @param all the number of cells, those left out among them
 * @param known the number of cells with values in the representation
 * @param cells the place of each mapped cell among all, ascending
 * @param points the mapped cells' representation
 * @param neighbours the nearest cells of each mapped cell, itself first, by places among the mapped
 *     ones
 * @param connectivities UMAP's weights between neighbours, in (0, 1]
 * @param plane x and y of each mapped cell, where a layout was asked for
 * @param clusters of each mapped cell, 0 the largest, where clusters were asked for
 */
public record CellMap(
    MapConfig config,
    int all,
    int known,
    int[] cells,
    Points points,
    Neighbours neighbours,
    Graph connectivities,
    Optional<Plane> plane,
    Optional<int[]> clusters) {
  /** Purpose of the random numbers that draw cells, none of those of layouts and profiles. */
  private static final int DRAWN = 16;

  /** Of so many cells nothing takes minutes. */
  private static final int SOON_DONE = 100_000;

  /**
   * Holds a layout, with the curve that it was made for.
   *
   * @param curve how closeness in the plane falls with distance
   * @param coordinates x and y of each mapped cell, one cell after another
   */
  public record Plane(UmapCurve curve, float[] coordinates) {}

  /**
   * Maps cells.
   *
   * @param where names the representation for messages
   * @param representation a row for each cell
   * @param config which of layout and clusters to make, and how
   * @param say is told of each work on many cells, in words
   * @return the neighbourhoods, the layout and the clusters
   * @throws InputException when there are fewer cells than neighbours, or more than arrays hold
   *     with theirs, or a row holds numbers and others that are none
   */
  public static CellMap of(
      String where, FloatMatrix representation, MapConfig config, Consumer<String> say) {
    Threads threads = threads();
    int[] known = withNumbers(where, representation);
    int[] cells = drawn(known, config);
    if (cells.length < config.neighbours()) {
      throw new InputException(
          known.length == cells.length
              ? "n_neighbors must be at most the number of cells with values in %s, %d, but is %d."
                  .formatted(where, cells.length, config.neighbours())
              : "n_neighbors must be at most the number of cells that are drawn, map_n_obs, %d, but is %d."
                  .formatted(cells.length, config.neighbours()));
    }
    int most = mostCells(config.neighbours(), representation.columns());
    if (cells.length > most) {
      throw new InputException(
          "%s has values for %,d cells; with n_neighbors %,d at most %,d cells can be mapped, as arrays hold no more of their pairs: take fewer with map_n_obs."
              .formatted(where, cells.length, config.neighbours(), most));
    }
    Points points = points(representation, cells);
    tell("finding the neighbours", cells.length, say);
    Neighbours neighbours = Neighbours.of(points, config.neighbours(), threads);
    Graph graph = Connectivities.of(neighbours);
    Optional<Plane> plane =
        config
            .layout()
            .map(layout -> UmapCurve.of(layout.spread(), layout.minDist()))
            .map(
                curve -> {
                  tell("laying out the neighbourhoods", cells.length, say);
                  return new Plane(
                      curve, UmapLayout.of(points, graph, curve, config.seed(), threads));
                });
    Optional<int[]> clusters =
        config
            .clusters()
            .map(
                c -> {
                  tell("clustering the neighbourhoods", cells.length, say);
                  return Leiden.of(graph, c.resolution(), config.seed());
                });
    return new CellMap(
        config,
        representation.rows(),
        known.length,
        cells,
        points,
        neighbours,
        graph,
        plane,
        clusters);
  }

  /** Returns the most cells whose places, neighbours and those of their scores fit arrays. */
  private static int mostCells(int neighbours, int columns) {
    int numbers = Math.max(columns, IntegrationScores.NEIGHBOURS);
    // Places are held in blocks, of which the last is filled up.
    int ofNumbers = (Integer.MAX_VALUE - (1 << 20)) / numbers;
    return Math.min(Connectivities.mostPoints(neighbours), ofNumbers);
  }

  /** Draws so many cells as are asked for, ascending; the same of the same seed. */
  private static int[] drawn(int[] known, MapConfig config) {
    if (known.length <= config.mostCells()) {
      return known;
    }
    int[] order = new CounterRandom(config.seed()).permutation(DRAWN, 0, known.length);
    return Arrays.stream(order, 0, config.mostCells()).map(i -> known[i]).sorted().toArray();
  }

  /** Tells of work that takes minutes with so many cells. */
  private static void tell(String work, int cells, Consumer<String> say) {
    if (cells > SOON_DONE) {
      say.accept("%s of %,d cells".formatted(work, cells));
    }
  }

  /** Tells of work on these cells, where it takes minutes. */
  void tell(String work, Consumer<String> say) {
    tell(work, cells.length, say);
  }

  static Threads threads() {
    return new Threads(Processor.threads());
  }

  private static int[] withNumbers(String where, FloatMatrix representation) {
    return IntStream.range(0, representation.rows())
        .filter(row -> hasNumbers(where, representation, row))
        .toArray();
  }

  private static boolean hasNumbers(String where, FloatMatrix matrix, int row) {
    int missing = 0;
    int bad = 0;
    for (int c = 0; c < matrix.columns(); c++) {
      missing += Float.isNaN(matrix.at(row, c)) ? 1 : 0;
      bad = Float.isFinite(matrix.at(row, c)) ? bad : c;
    }
    if (missing == matrix.columns()) {
      return false;
    }
    if (!Float.isFinite(matrix.at(row, bad))) {
      throw new InputException(
          "%s holds %s in row %d, column %d (counted from 0); expected numbers, or NaN in the whole row of a cell to leave out."
              .formatted(where, matrix.at(row, bad), row, bad));
    }
    return true;
  }

  static Points points(FloatMatrix matrix, int[] rows) {
    int columns = matrix.columns();
    float[] values = new float[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      matrix.get(rows[i], values, i * columns);
    }
    return new Points(rows.length, columns, values);
  }

  /** {@return the same neighbourhoods, with the layout and the clusters only where wanted} */
  CellMap showing(boolean layout, boolean groups) {
    return new CellMap(
        config,
        all,
        known,
        cells,
        points,
        neighbours,
        connectivities,
        plane.filter(_ -> layout),
        clusters.filter(_ -> groups));
  }

  /** {@return the number of clusters, 0 where none were asked for} */
  public int clusterCount() {
    return clusters.map(c -> Arrays.stream(c).max().orElse(-1) + 1).orElse(0);
  }

  /** {@return the number of cells left out as they have no values} */
  public int leftOut() {
    return all - known;
  }

  /** {@return a sentence that says how many cells were drawn; empty where all were taken} */
  public Optional<String> sampling() {
    return known == cells.length
        ? Optional.empty()
        : Optional.of(
            "neighbours, layout, clusters and scores are those of %,d of %,d cells, drawn at random; --map-n-obs takes more or fewer, and the time grows with the square"
                .formatted(cells.length, known));
  }
}
