package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;

/** Small .h5mu files that no training can use. */
final class TinyMuData {
  private TinyMuData() {}

  /** Writes modalities rna and atac, the second without any count. */
  static Path withoutCounts(Path file) {
    return write(file, modality("rna", "cell", 3), modality("atac", "cell", 0));
  }

  /** Writes modalities rna and atac that have no cell in common. */
  static Path withoutCommonCells(Path file) {
    return write(file, modality("rna", "cell", 3), modality("atac", "other", 2));
  }

  private static Path write(Path file, NewModality... modalities) {
    Formats.write(file, new NewCells(List.of(modalities), List.of()), IfExists.REFUSE);
    return file;
  }

  /** Ten cells, each with a count in the first feature that grows from cell to cell. */
  private static NewModality modality(String name, String cell, int count) {
    int entries = count > 0 ? 10 : 0;
    int[] indptr = IntStream.rangeClosed(0, 10).map(n -> Math.min(n, entries)).toArray();
    float[] values = new float[entries];
    for (int n = 0; n < entries; n++) {
      values[n] = count + n;
    }
    String[] batch = new String[10];
    Arrays.fill(batch, "a");
    return new NewModality(
        name,
        CountsInMemory.of(new SparseRows(4, indptr, new int[entries], values)),
        IntStream.range(0, 10).mapToObj(n -> cell + n).toList(),
        IntStream.range(0, 4).mapToObj(g -> name + g).toList(),
        List.of(new Addition.ObsColumn("batch", new Column.Text(batch))));
  }
}
