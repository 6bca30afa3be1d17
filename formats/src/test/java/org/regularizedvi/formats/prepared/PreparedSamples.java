package org.regularizedvi.formats.prepared;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.Samples;

/** Small files and the cells prepared from them. */
final class PreparedSamples {
  private PreparedSamples() {}

  /** One modality with a column of each kind and a matrix. */
  static Path ofOne(Path folder) {
    Path file = folder.resolve("one.h5ad");
    Formats.write(
        file,
        NewCells.ofOne(
            CountsInMemory.of(Samples.counts()),
            Samples.CELLS,
            Samples.GENES,
            List.of(
                new Addition.ObsColumn(
                    "kind", new Column.Categorical(new int[] {1, -1, 0}, List.of("b", "a"), true)),
                new Addition.ObsColumn("note", new Column.Text(new String[] {"x", null, ""})),
                new Addition.ObsColumn(
                    "age", new Column.Numbers(new double[] {1, Double.NaN, 3}, true)),
                new Addition.ObsColumn(
                    "share", new Column.Numbers(new double[] {0.1, Double.NaN, -2}, false)),
                new Addition.ObsColumn(
                    "good",
                    new Column.Flags(
                        new boolean[] {true, false, false}, new boolean[] {false, true, false})),
                new Addition.VarColumn("ids", new Column.Text(new String[] {"1", "2", "3", "4"})),
                new Addition.Obsm("X_pca", new FloatMatrix(3, 2, new float[] {1, 2, 3, 4, 5, 6})))),
        IfExists.REFUSE);
    return file;
  }

  /** Modalities a and b of cells 0 to 3 and 2 to 5; in b the cell 3 has no count. */
  static Path ofTwo(Path folder) {
    Path file = folder.resolve("two.h5mu");
    Formats.write(
        file,
        new NewCells(
            List.of(modality("a", 0, 1, 1, 1, 1), modality("b", 2, 1, 0, 1, 1)), List.of()),
        IfExists.REFUSE);
    return file;
  }

  private static NewModality modality(String name, int first, int... counts) {
    int[] indptr = new int[counts.length + 1];
    int n = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      n += counts[cell];
      indptr[cell + 1] = n;
    }
    int[] indices = new int[n];
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      indices[i] = i % 2;
      values[i] = i + 1;
    }
    return new NewModality(
        name,
        CountsInMemory.of(new SparseRows(2, indptr, indices, values)),
        IntStream.range(first, first + counts.length).mapToObj(cell -> "cell" + cell).toList(),
        List.of(name + 0, name + 1),
        List.of());
  }

  static Path prepare(Path file) {
    Path folder = file.resolveSibling(file.getFileName() + ".rvi");
    try (CellSource cells = Formats.open(file)) {
      Formats.preparer()
          .write(
              cells,
              folder,
              IfExists.REFUSE,
              sentence -> {
                throw new AssertionError(sentence);
              });
    }
    return folder;
  }
}
