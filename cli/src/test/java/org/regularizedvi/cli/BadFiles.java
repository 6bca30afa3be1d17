package org.regularizedvi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;

/** A folder of files that cannot be used, and of a few that can. */
final class BadFiles {
  private BadFiles() {}

  static void write(Path folder) throws IOException {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    TinyMuData.withoutCounts(folder.resolve("uncounted.h5mu"));
    TinyMuData.withoutCommonCells(folder.resolve("apart.h5mu"));
    byte[] whole = Files.readAllBytes(cells);
    Files.write(folder.resolve("half.h5ad"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(folder.resolve("empty.h5ad"), new byte[0]);
    Files.writeString(folder.resolve("text.h5ad"), "cell,gene,count\n");
    Files.createDirectory(folder.resolve("folder.h5ad"));
    Files.writeString(folder.resolve("there.h5ad"), "mine");
    Files.createDirectory(folder.resolve("thesis"));
    Files.writeString(folder.resolve("thesis/thesis.txt"), "mine");
    Files.createDirectory(folder.resolve("no_model"));
    Files.writeString(folder.resolve("odd.yaml"), "max_epochs: many\n");
    Files.writeString(folder.resolve("unknown.yaml"), "max_epoch: 3\n");
    counts(folder, "negative", counts -> counts[0] = -1);
    counts(folder, "nan", counts -> counts[5] = Float.NaN);
    counts(folder, "normalised", BadFiles::normalise);
    counts(folder, "huge", counts -> counts[2] = 1e9f);
    counts(folder, "zeros", counts -> Arrays.fill(counts, 0));
    changed(folder, "no_x", out -> out.delete("X"));
    changed(
        folder,
        "short",
        out -> {
          out.delete("X/data");
          out.floats("X/data", new long[] {3}, new float[] {1, 2, 3}, Storage.PLAIN);
        });
    changed(
        folder,
        "beyond",
        out -> {
          int entries = (int) out.reader().shape("X/indices")[0];
          out.delete("X/indices");
          out.ints(
              "X/indices", IntStream.range(0, entries).map(i -> 1000).toArray(), Storage.PLAIN);
        });
    changed(
        folder,
        "backwards",
        out -> {
          out.delete("X/indptr");
          out.ints(
              "X/indptr",
              IntStream.rangeClosed(0, TinyData.CELLS).map(i -> 5 - i % 5).toArray(),
              Storage.PLAIN);
        });
    changed(folder, "shapeless", out -> out.attribute("X", "shape", new long[] {7, 7}));
    changed(
        folder,
        "unnamed_batch",
        out -> {
          out.delete("obs/batch");
          out.texts("obs/batch", new long[] {2}, "a", "b");
        });
    changed(folder, "strange", out -> out.attribute("X", "encoding-type", "ragged_matrix"));
    TinyData.write(
        folder.resolve("twice.h5ad"),
        Stream.concat(Stream.of("gene7"), TinyData.genes().stream()).toList(),
        "a",
        "b");
    TinyData.write(
        folder.resolve("fewer.h5ad"), TinyData.genes().subList(2, TinyData.GENES), "a", "b");
    TinyData.write(folder.resolve("new_batch.h5ad"), TinyData.genes(), "a", "c");
    TinyData.write(folder.resolve("lonely.h5ad"), TinyData.genes(), lonely());
  }

  /** One cell of a batch of its own. */
  private static String[] lonely() {
    return IntStream.range(0, TinyData.CELLS)
        .mapToObj(cell -> cell == 0 ? "alone" : "a")
        .toArray(String[]::new);
  }

  private static void normalise(float[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (float) Math.log1p(counts[i]);
    }
  }

  private static void counts(Path folder, String name, Consumer<float[]> change) {
    changed(
        folder,
        name,
        out -> {
          float[] counts = out.reader().floats("X/data");
          change.accept(counts);
          out.delete("X/data");
          out.floats("X/data", new long[] {counts.length}, counts, Storage.PLAIN);
        });
  }

  private static void changed(Path folder, String name, Consumer<H5Output> change) {
    Path file = folder.resolve(name + ".h5ad");
    TinyData.write(file, TinyData.genes(), "a", "b");
    try (H5Output out = H5Output.append(file)) {
      change.accept(out);
    }
  }

  /** The files whose bytes must stay as they are. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
