package org.regularizedvi.formats.loom;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;

/** Loom files that our own writer of HDF5 makes, in other layouts than loompy's. */
public final class LoomInputs {
  /** How many features and cells {@link #write} writes. */
  static final long[] SHAPE = {3, 2};

  private LoomInputs() {}

  /** Writes three features of two cells, changed as a test wishes. */
  static Path write(Path file, Consumer<H5Output> change) {
    try (H5Output out = H5Output.create(file)) {
      out.floats("matrix", SHAPE, new float[] {4, 0, 0, 7, 1, 0}, Storage.PLAIN);
      out.group("row_attrs");
      out.texts("row_attrs/Gene", new long[] {3}, "A", "B", "C");
      out.group("col_attrs");
      out.texts("col_attrs/CellID", new long[] {2}, "x", "y");
      out.texts("col_attrs/donor", new long[] {2}, "d1", "d2");
      out.group("layers");
      change.accept(out);
    }
    return file;
  }

  /** Writes ninety features of seventy cells, with a layer and attributes of every kind. */
  public static Path large(Path file, Storage storage) {
    int features = 90;
    int cells = 70;
    float[] values = new float[features * cells];
    int[] numbers = new int[cells];
    double[] reals = new double[cells];
    for (int i = 0; i < values.length; i += 3) {
      values[i] = i * 31 % 7;
      numbers[i % cells] = i;
      reals[i % cells] = Math.sqrt(i);
    }
    try (H5Output out = H5Output.create(file)) {
      long[] shape = {features, cells};
      out.group("layers");
      for (String path : List.of("matrix", "layers/spliced")) {
        out.floats(path, shape, values, storage);
      }
      out.group("row_attrs");
      texts(out, "row_attrs/Gene", "gene", features);
      texts(out, "row_attrs/Accession", "ENSG", features);
      out.group("col_attrs");
      texts(out, "col_attrs/CellID", "cell", cells);
      out.ints("col_attrs/number", numbers, storage);
      out.doubles("col_attrs/real", new long[] {cells}, reals, storage);
      out.flags("col_attrs/flag", new long[] {cells}, new boolean[cells]);
      out.floats("col_attrs/umap", new long[] {cells, 2}, new float[2 * cells], storage);
    }
    return file;
  }

  private static void texts(H5Output out, String path, String prefix, int n) {
    out.texts(path, new long[] {n}, Samples.names(prefix, n).toArray(String[]::new));
  }
}
