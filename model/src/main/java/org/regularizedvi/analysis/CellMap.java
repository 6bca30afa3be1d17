package org.regularizedvi.analysis;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.input.InputException;
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
 * row of the representation is all NaN, as one that lacks every modality, is left out.
 *
 * @param config the options that the map was made with
 * @param all the number of cells, those left out among them
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
    int[] cells,
    Points points,
    Neighbours neighbours,
    Graph connectivities,
    Optional<Plane> plane,
    Optional<int[]> clusters) {

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
   * @return the neighbourhoods, the layout and the clusters
   * @throws InputException when there are fewer cells than neighbours, or more than arrays hold
   *     with theirs, or a row holds numbers and others that are none
   */
  public static CellMap of(String where, FloatMatrix representation, MapConfig config) {
    Threads threads = threads();
    int[] cells = withNumbers(where, representation);
    if (cells.length < config.neighbours()) {
      throw new InputException(
          "n_neighbors must be at most the number of cells with values in %s, %d, but is %d."
              .formatted(where, cells.length, config.neighbours()));
    }
    int most = Connectivities.mostPoints(config.neighbours());
    if (cells.length > most) {
      throw new InputException(
          "%s has values for %,d cells; with n_neighbors %,d at most %,d cells can be mapped, as arrays hold no more of their pairs."
              .formatted(where, cells.length, config.neighbours(), most));
    }
    Points points = points(representation, cells);
    Neighbours neighbours = Neighbours.of(points, config.neighbours(), threads);
    Graph graph = Connectivities.of(neighbours);
    Optional<Plane> plane =
        config
            .layout()
            .map(layout -> UmapCurve.of(layout.spread(), layout.minDist()))
            .map(
                curve ->
                    new Plane(curve, UmapLayout.of(points, graph, curve, config.seed(), threads)));
    Optional<int[]> clusters =
        config.clusters().map(c -> Leiden.of(graph, c.resolution(), config.seed()));
    return new CellMap(
        config, representation.rows(), cells, points, neighbours, graph, plane, clusters);
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
    float[] values = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(matrix.values(), rows[i] * columns, values, i * columns, columns);
    }
    return new Points(rows.length, columns, values);
  }

  /** {@return the same neighbourhoods, with the layout and the clusters only where wanted} */
  CellMap showing(boolean layout, boolean groups) {
    return new CellMap(
        config,
        all,
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

  /** {@return the number of cells left out} */
  public int leftOut() {
    return all - cells.length;
  }
}
