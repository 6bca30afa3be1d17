package org.regularizedvi.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.maps.Graph;
import org.regularizedvi.maps.Neighbours;

/**
 * Makes the additions of a map of cells to a file, under the names that scanpy gives and looks for:
 * {@code uns['neighbors']} with {@code obsp['distances']} and {@code obsp['connectivities']},
 * {@code obsm['X_umap']}, {@code obs['leiden']}. A cell left out has empty rows, NaN and no
 * cluster.
 */
public final class MapAdditions {
  private MapAdditions() {}

  /**
   * {@return the additions, a row for each cell}
   *
   * @param map the neighbourhoods, with or without a layout and clusters
   * @param representation its name in obsm
   */
  public static List<Addition> of(CellMap map, String representation) {
    List<Addition> additions = new ArrayList<>();
    additions.add(new Addition.Obsp("distances", distances(map)));
    additions.add(new Addition.Obsp("connectivities", connectivities(map)));
    additions.add(uns("neighbors", neighbours(map, representation)));
    map.plane().ifPresent(plane -> addPlane(map, plane, additions));
    map.clusters().ifPresent(clusters -> addClusters(map, clusters, additions));
    return additions;
  }

  private static SequencedMap<String, Tree> neighbours(CellMap map, String representation) {
    SequencedMap<String, Tree> params = new LinkedHashMap<>();
    params.put("n_neighbors", new Tree.Whole(map.config().neighbours()));
    params.put("method", new Tree.Text("umap"));
    params.put("random_state", new Tree.Whole(map.config().seed()));
    params.put("metric", new Tree.Text("euclidean"));
    params.put("use_rep", new Tree.Text(representation));
    SequencedMap<String, Tree> entries = new LinkedHashMap<>();
    entries.put("connectivities_key", new Tree.Text("connectivities"));
    entries.put("distances_key", new Tree.Text("distances"));
    entries.put("params", new Tree.Dict(params));
    return entries;
  }

  private static void addPlane(CellMap map, CellMap.Plane plane, List<Addition> additions) {
    int[] placeOf = new int[map.all()];
    Arrays.fill(placeOf, -1);
    for (int i = 0; i < map.cells().length; i++) {
      placeOf[map.cells()[i]] = i;
    }
    FloatMatrix mapped = new FloatMatrix(map.cells().length, 2, plane.coordinates());
    additions.add(new Addition.Obsm("X_umap", Aligned.matrix(mapped, placeOf)));
    SequencedMap<String, Tree> params = new LinkedHashMap<>();
    params.put("a", new Tree.Real(plane.curve().a()));
    params.put("b", new Tree.Real(plane.curve().b()));
    params.put("random_state", new Tree.Whole(map.config().seed()));
    additions.add(params("umap", params));
  }

  private static void addClusters(CellMap map, int[] clusters, List<Addition> additions) {
    int[] codes = new int[map.all()];
    Arrays.fill(codes, -1);
    for (int i = 0; i < clusters.length; i++) {
      codes[map.cells()[i]] = clusters[i];
    }
    List<String> names =
        IntStream.range(0, map.clusterCount()).mapToObj(Integer::toString).toList();
    additions.add(new Addition.ObsColumn("leiden", new Column.Categorical(codes, names, false)));
    SequencedMap<String, Tree> params = new LinkedHashMap<>();
    params.put("resolution", new Tree.Real(map.config().clusters().orElseThrow().resolution()));
    params.put("random_state", new Tree.Whole(map.config().seed()));
    params.put("n_iterations", new Tree.Whole(-1)); // scanpy's word for: until nothing improves
    additions.add(params("leiden", params));
  }

  private static Addition params(String name, SequencedMap<String, Tree> params) {
    SequencedMap<String, Tree> entries = new LinkedHashMap<>();
    entries.put("params", new Tree.Dict(params));
    return uns(name, entries);
  }

  private static Addition uns(String name, SequencedMap<String, Tree> entries) {
    return new Addition.Uns(name, new Tree.Dict(entries));
  }

  /**
   * {@return the distances to the neighbours, nearest first, the cell itself left out, as scanpy
   * stores them}
   */
  private static SparseRows distances(CellMap map) {
    Neighbours near = map.neighbours();
    int others = near.count() - 1;
    // No place is beyond an int: the neighbours lie in arrays that are longer than these.
    int[] starts = new int[map.cells().length + 1];
    int[] indices = new int[map.cells().length * others];
    float[] values = new float[indices.length];
    for (int i = 0; i < map.cells().length; i++) {
      System.arraycopy(near.indices(), i * near.count() + 1, indices, i * others, others);
      System.arraycopy(near.distances(), i * near.count() + 1, values, i * others, others);
      starts[i + 1] = (i + 1) * others;
    }
    return placed(map, starts, indices, values);
  }

  private static SparseRows connectivities(CellMap map) {
    Graph graph = map.connectivities();
    return placed(map, graph.starts(), graph.indices(), graph.weights());
  }

  /** Brings rows and columns of mapped cells to their places among all. */
  private static SparseRows placed(CellMap map, int[] starts, int[] indices, float[] values) {
    int[] cells = map.cells();
    int[] placedStarts = new int[map.all() + 1];
    for (int i = 0; i < cells.length; i++) {
      placedStarts[cells[i] + 1] = starts[i + 1] - starts[i];
    }
    Arrays.parallelPrefix(placedStarts, Integer::sum);
    int[] placedIndices = Arrays.stream(indices).map(i -> cells[i]).toArray();
    return new SparseRows(map.all(), placedStarts, placedIndices, values);
  }
}
