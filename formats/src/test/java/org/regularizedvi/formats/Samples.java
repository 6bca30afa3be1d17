package org.regularizedvi.formats;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.hdf5.H5Output;

/** A small .h5ad, made by our own writer, and damaged as a test wishes. */
public final class Samples {
  public static final List<String> CELLS = List.of("cell_a", "cell_b", "cell_c");
  public static final List<String> GENES = List.of("Actb", "Gapdh", "Cd3e", "Cd19");

  private Samples() {}

  /** Three cells with 2, 0 and 3 values. */
  public static SparseRows counts(float... values) {
    float[] all = values.length == 0 ? new float[] {1, 2, 3, 4, 5} : values;
    return new SparseRows(4, new int[] {0, 2, 2, 5}, new int[] {0, 3, 0, 1, 2}, all);
  }

  public static Path write(Path folder, float... values) {
    Path file = folder.resolve("sample.h5ad");
    Formats.write(
        file,
        NewCells.ofOne(CountsInMemory.of(counts(values)), CELLS, GENES, List.of()),
        IfExists.REFUSE);
    return file;
  }

  public static Path damaged(Path folder, Consumer<H5Output> damage) {
    Path file = write(folder);
    try (H5Output out = H5Output.append(file)) {
      damage.accept(out);
    }
    return file;
  }

  public static List<String> names(String prefix, int n) {
    return IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
  }
}
