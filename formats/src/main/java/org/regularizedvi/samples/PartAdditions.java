package org.regularizedvi.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.Layer;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.TableAdditions;

/**
 * Picks what one of several joined files gets of additions for all of them: the rows of its cells,
 * and the columns of its features, which are empty or NaN for features that were left out. Layers
 * with other columns lie beside the file's copy until this is closed.
 */
final class PartAdditions implements AutoCloseable {
  private final Path copy;
  private final int[] rows;
  private final int file;
  private final SequencedMap<String, JoinedFeatures> features;
  private final List<Layer> made = new ArrayList<>();

  /**
   * Prepares for a file.
   *
   * @param copy its copy
   * @param from its first row among all cells
   * @param to the row after its last
   * @param file its place among the files
   * @param features of all files, by modality
   */
  PartAdditions(
      Path copy, int from, int to, int file, SequencedMap<String, JoinedFeatures> features) {
    this.copy = copy;
    this.rows = IntStream.range(from, to).toArray();
    this.file = file;
    this.features = features;
  }

  /** {@return the file's own additions, valid until this is closed} */
  TableAdditions of(TableAdditions all) {
    SequencedMap<String, List<Addition>> own = new LinkedHashMap<>();
    all.modalities().forEach((name, additions) -> own.put(name, of(additions, name)));
    return new TableAdditions(of(all.shared(), ""), own);
  }

  /**
   * Picks additions of one modality; the tables that several share have no features, only a single
   * one, "", has its own there.
   */
  private List<Addition> of(List<Addition> additions, String modality) {
    List<Addition> own =
        additions.stream().map(addition -> Aligned.addition(addition, rows)).toList();
    return features.containsKey(modality) && !features.get(modality).alike(file)
        ? own.stream().map(addition -> ofFeatures(addition, features.get(modality))).toList()
        : own;
  }

  private Addition ofFeatures(Addition addition, JoinedFeatures joined) {
    int[] placeOf = joined.placeOf().get(file);
    return switch (addition) {
      case Addition.VarColumn(String name, var values) ->
          new Addition.VarColumn(name, Aligned.column(values, placeOf));
      case Addition.Varm(String name, var values) ->
          new Addition.Varm(name, Aligned.matrix(values, placeOf));
      case Addition.OfLayer(String name, Layer values) ->
          new Addition.OfLayer(name, moved(values, placeOf, joined.placesIn(file)));
      case Addition.OfRaw(Addition own) -> new Addition.OfRaw(ofFeatures(own, joined));
      case Addition.ObsColumn _, Addition.Obsm _, Addition.Obsp _, Addition.Uns _ -> addition;
    };
  }

  private Layer moved(Layer layer, int[] placeOf, int[] placesIn) {
    return switch (layer) {
      case SparseLayer sparse -> {
        SparseLayer own = SparseLayer.beside(copy, placeOf.length);
        made.add(own);
        for (int from = 0; from < sparse.rows(); from = sparse.end(from)) {
          own.add(sparse.read(from, sparse.end(from)).withColumns(placesIn, placeOf.length));
        }
        yield own;
      }
      case DenseLayer dense -> {
        DenseLayer own = DenseLayer.beside(copy, placeOf.length);
        made.add(own);
        for (int from = 0; from < dense.rows(); from = dense.end(from)) {
          own.add(moved(dense.read(from, dense.end(from)), dense.columns(), placeOf));
        }
        yield own;
      }
    };
  }

  private static float[] moved(float[] rows, int columns, int[] placeOf) {
    float[] own = new float[rows.length / columns * placeOf.length];
    Arrays.fill(own, Float.NaN);
    for (int i = 0; i < own.length; i++) {
      int place = placeOf[i % placeOf.length];
      if (place >= 0) {
        own[i] = rows[i / placeOf.length * columns + place];
      }
    }
    return own;
  }

  @Override
  public void close() {
    made.forEach(Layer::close);
  }
}
