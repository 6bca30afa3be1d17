package org.regularizedvi.formats.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;

/** Layers that lie in temporary files come out of the copy as they went in. */
class LayerTest {
  private static final int ROWS = 2500;
  private static final int COLUMNS = 1700;

  @TempDir Path folder;

  /** Row r, column c has the value 1 + 5000 r + c, where there is one. */
  private static SparseRows rows(int from, int to) {
    SplittableRandom random = new SplittableRandom(from);
    int[] indptr = new int[to - from + 1];
    int[] indices = new int[(to - from) * COLUMNS];
    float[] values = new float[indices.length];
    int n = 0;
    for (int r = from; r < to; r++) {
      for (int c = 0; c < COLUMNS && r % 9 != 0; c++) {
        if (random.nextInt(3) > 0) {
          indices[n] = c;
          values[n++] = 1 + 5000 * r + c;
        }
      }
      indptr[r - from + 1] = n;
    }
    return new SparseRows(COLUMNS, indptr, indices, values);
  }

  private Path input(int rows, int columns) {
    Path file = folder.resolve("input.h5ad");
    new AnnDataWriter()
        .write(
            file,
            NewCells.ofOne(
                CountsInMemory.of(
                    new SparseRows(columns, new int[rows + 1], new int[0], new float[0])),
                IntStream.range(0, rows).mapToObj(n -> "cell" + n).toList(),
                IntStream.range(0, columns).mapToObj(g -> "gene" + g).toList(),
                List.of()),
            IfExists.REFUSE);
    return file;
  }

  @Test
  void anotherReaderFindsTheSparseRows() throws IOException {
    Path out = folder.resolve("out.h5ad");
    Path input = input(ROWS, COLUMNS);
    try (SparseLayer layer = SparseLayer.beside(out, COLUMNS)) {
      for (int from = 0; from < ROWS; from += 700) {
        layer.add(rows(from, Math.min(ROWS, from + 700)));
      }
      AnnDataCopy.write(input, out, List.of(new Addition.OfLayer("x", layer)), IfExists.REFUSE);
      assertThat(layer.end(0)).isLessThan(ROWS);
    }
    SparseRows all =
        SparseRows.join(
            COLUMNS,
            Stream.of(0, 700, 1400, 2100).map(f -> rows(f, Math.min(ROWS, f + 700))).toList());
    try (HdfFile file = new HdfFile(out)) {
      assertThat(file.getDatasetByPath("layers/x/indptr").getData()).isEqualTo(all.indptr());
      assertThat(file.getDatasetByPath("layers/x/indices").getData()).isEqualTo(all.indices());
      assertThat(file.getDatasetByPath("layers/x/data").getData()).isEqualTo(all.values());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(input, out);
    }
  }

  @Test
  void rowsInAnotherOrder() {
    try (SparseLayer layer = SparseLayer.beside(folder.resolve("x"), COLUMNS)) {
      layer.add(rows(0, 20));
      SparseRows read = layer.arranged(new int[] {4, 5, -1, 0, 19, 4}).read(0, 6);
      assertThat(read)
          .usingRecursiveComparison()
          .isEqualTo(rows(0, 20).pick(new int[] {4, 5, -1, 0, 19, 4}));
      assertThat(layer.arranged(new int[] {4, 5}).arranged(new int[] {1, -1}).read(0, 2))
          .usingRecursiveComparison()
          .isEqualTo(rows(0, 20).pick(new int[] {5, -1}));
    }
  }

  @Test
  void anotherReaderFindsTheDenseRows() {
    Path out = folder.resolve("out.h5ad");
    float[][] expected = new float[ROWS][COLUMNS];
    try (DenseLayer layer = DenseLayer.beside(out, COLUMNS)) {
      for (int from = 0; from < ROWS; from += 500) {
        float[] block = new float[500 * COLUMNS];
        for (int i = 0; i < block.length; i++) {
          block[i] = from + i / 7f;
          expected[from + i / COLUMNS][i % COLUMNS] = block[i];
        }
        layer.add(block);
      }
      assertThat(layer.end(0)).isLessThan(ROWS);
      Path input = input(ROWS, COLUMNS);
      AnnDataCopy.write(input, out, List.of(new Addition.OfLayer("y", layer)), IfExists.REFUSE);
      assertThat(layer.arranged(new int[] {-1, 2}).read(0, 2)[COLUMNS + 3])
          .isEqualTo(expected[2][3]);
      assertThat(layer.arranged(new int[] {-1, 2}).read(0, 2)[3]).isNaN();
    }
    try (HdfFile file = new HdfFile(out)) {
      assertThat(file.getDatasetByPath("layers/y").getData()).isEqualTo(expected);
    }
  }

  @Test
  void layersOfAnotherSizeAreRefused() {
    Path out = folder.resolve("out.h5ad");
    Path input = input(3, COLUMNS);
    try (SparseLayer layer = SparseLayer.beside(out, COLUMNS)) {
      layer.add(rows(0, 2));
      assertThatThrownBy(
              () ->
                  AnnDataCopy.write(
                      input, out, List.of(new Addition.OfLayer("x", layer)), IfExists.REFUSE))
          .hasMessageContaining("'x' has 2 rows, the file 3");
    }
  }
}
