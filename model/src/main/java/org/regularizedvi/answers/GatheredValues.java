package org.regularizedvi.answers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.result.FeatureValues;

/**
 * Takes values of cells x features block after block: of all features into a layer, of some into a
 * matrix.
 */
final class GatheredValues {
  private final AskedModality asked;
  private final Sink sink;

  private sealed interface Sink {
    record Dense(DenseLayer layer) implements Sink {}

    /**
     * Takes values into a sparse layer.
     *
     * @param least smallest value that is stored
     */
    record Sparse(SparseLayer layer, double least) implements Sink {}

    record Some(int[] chosen, List<float[]> blocks) implements Sink {}
  }

  private GatheredValues(AskedModality asked, Sink sink) {
    this.asked = asked;
    this.sink = sink;
  }

  /**
   * {@return a taker of the features wanted of a modality}
   *
   * @param wanted names of the features; empty for all
   * @param least smallest value that a layer stores; empty for a dense layer
   * @param target the file that a layer is meant for
   */
  static GatheredValues of(
      AskedModality asked, Optional<List<String>> wanted, OptionalDouble least, Path target) {
    int columns = asked.places().columns();
    if (wanted.isPresent()) {
      return new GatheredValues(asked, new Sink.Some(asked.chosen(wanted), new ArrayList<>()));
    }
    return new GatheredValues(
        asked,
        least.isPresent()
            ? new Sink.Sparse(SparseLayer.beside(target, columns), least.getAsDouble())
            : new Sink.Dense(DenseLayer.beside(target, columns)));
  }

  /**
   * Takes the next rows.
   *
   * @param block rows x the features wanted, in row-major order, NaN for rows without values; taken
   *     over
   */
  void add(float[] block, int rows) {
    switch (sink) {
      case Sink.Dense(DenseLayer layer) -> layer.add(inFile(block, rows));
      case Sink.Sparse(SparseLayer layer, double least) ->
          layer.add(asked.places().inFile(sparse(block, rows, least)));
      case Sink.Some(_, List<float[]> blocks) -> blocks.add(block);
    }
  }

  private float[] inFile(float[] block, int rows) {
    int[] columnOf = asked.places().columnOf();
    int columns = asked.places().columns();
    float[] moved = new float[Math.multiplyExact(rows, columns)];
    Arrays.fill(moved, Float.NaN);
    for (int n = 0; n < rows; n++) {
      for (int g = 0; g < columnOf.length; g++) {
        if (columnOf[g] >= 0) {
          moved[n * columns + columnOf[g]] = block[n * columnOf.length + g];
        }
      }
    }
    return moved;
  }

  /** {@return the values that are not below the least; a row of NaN becomes an empty one} */
  private SparseRows sparse(float[] block, int rows, double least) {
    int columns = asked.features().size();
    int[] indptr = new int[rows + 1];
    int[] indices = new int[block.length];
    float[] values = new float[block.length];
    int stored = 0;
    for (int n = 0; n < rows; n++) {
      for (int g = 0; g < columns; g++) {
        float value = block[n * columns + g];
        if (value >= least) {
          indices[stored] = g;
          values[stored++] = value;
        }
      }
      indptr[n + 1] = stored;
    }
    return new SparseRows(
        columns, indptr, Arrays.copyOf(indices, stored), Arrays.copyOf(values, stored));
  }

  FeatureValues result() {
    return switch (sink) {
      case Sink.Dense(DenseLayer layer) -> new FeatureValues.All(layer);
      case Sink.Sparse(SparseLayer layer, _) -> new FeatureValues.All(layer);
      case Sink.Some(int[] chosen, List<float[]> blocks) -> some(chosen, blocks);
    };
  }

  private FeatureValues.Some some(int[] chosen, List<float[]> blocks) {
    float[] values = CellBlocks.joined(blocks);
    List<String> names = Arrays.stream(chosen).mapToObj(asked.features()::get).toList();
    return new FeatureValues.Some(
        names, new FloatMatrix(values.length / chosen.length, chosen.length, values));
  }

  /** Gives up what was taken. */
  void discard() {
    switch (sink) {
      case Sink.Dense(DenseLayer layer) -> layer.close();
      case Sink.Sparse(SparseLayer layer, _) -> layer.close();
      case Sink.Some(_, List<float[]> blocks) -> blocks.clear();
    }
  }
}
