package org.regularizedvi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.regularizedvi.answers.LatentRepresentation;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.CpuEngine;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Times the latent representation of cells that are in memory, and the reading of a gzip-compressed
 * .h5ad that comes before it.
 *
 * <p>Usage: {@code EmbedBenchmark [cells=8192] [genes=20000] [hidden=512] [latent=128] [rounds=5]}
 */
public final class EmbedBenchmark {
  private static final int CHUNK = 1024;

  private EmbedBenchmark() {}

  /**
   * Prints both speeds in cells per second.
   *
   * @param args settings as {@code name=value}, see the class
   * @throws IOException when the temporary file cannot be written
   */
  public static void main(String[] args) throws IOException {
    StepBenchmark.Settings settings = StepBenchmark.Settings.parse(args);
    int cells = Math.max(CHUNK, settings.cells());
    List<Minibatch> minibatches = new ArrayList<>();
    for (int from = 0; from < cells; from += CHUNK) {
      minibatches.add(SyntheticCells.minibatch(CHUNK, settings.genes()));
    }
    int all = minibatches.size() * CHUNK;
    try (SyntheticCells model =
            SyntheticCells.of(
                Preset.RECOMMENDED, CHUNK, settings.genes(), settings.hidden(), settings.latent());
        Computation computation = new CpuEngine().open(model.network().model())) {
      List<Double> encode = new ArrayList<>();
      List<Double> read = new ArrayList<>();
      Path file = write(minibatches.getFirst());
      for (int round = 0; round <= settings.rounds(); round++) {
        long start = System.nanoTime();
        LatentRepresentation.of(computation, List.of(""), minibatches, all, new CounterRandom(0));
        long encoded = System.nanoTime();
        int cellsRead = read(file);
        if (round > 0) {
          encode.add(all / ((encoded - start) / 1e9));
          read.add(cellsRead / ((System.nanoTime() - encoded) / 1e9));
        }
      }
      Files.delete(file);
      Collections.sort(encode);
      Collections.sort(read);
      System.out.printf(
          Locale.ROOT,
          "%s, %d threads: embed %.0f cells/s; reading gzip-compressed csr %.0f cells/s (medians of %d)%n",
          Processor.name(),
          Processor.threads(),
          encode.get(encode.size() / 2),
          read.get(read.size() / 2),
          settings.rounds());
    }
  }

  private static Path write(Minibatch minibatch) throws IOException {
    Path file = Files.createTempDirectory("embed").resolve("cells.h5ad");
    SparseRows counts = minibatch.counts().getFirst();
    NewCells cells =
        NewCells.ofOne(
            CountsInMemory.of(counts),
            names("c", counts.rows()),
            names("g", counts.columns()),
            List.of());
    Formats.write(file, cells, IfExists.REFUSE);
    return file;
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static int read(Path path) {
    int cells = 0;
    try (CellSource file = Formats.open(path);
        CountReader reader = file.countReader("")) {
      for (var rows = reader.next(CHUNK); rows.isPresent(); rows = reader.next(CHUNK)) {
        cells += rows.get().rows();
      }
    }
    return cells;
  }
}
