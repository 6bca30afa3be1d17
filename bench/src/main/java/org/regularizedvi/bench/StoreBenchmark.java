package org.regularizedvi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;

/**
 * Times what training asks of counts: minibatches of 1,024 cells at random, out of any file, which
 * is read into memory, or out of prepared cells, which stay on disk; and how cells are prepared.
 * {@code bench/store.py} makes files, runs this, and does the same with loaders of Python.
 *
 * <p>Usage: {@code StoreBenchmark prepare FILE FOLDER.rvi}, or {@code StoreBenchmark gather SECONDS
 * FILE}
 */
public final class StoreBenchmark {
  private static final int MINIBATCH = 1024;
  private static final double NANOS = 1e9;

  private StoreBenchmark() {}

  /**
   * Prints what was measured, a name and a number on each line.
   *
   * @param args what to do, and with which file
   * @throws IOException when a size cannot be read
   */
  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "prepare" -> prepare(Path.of(args[1]), Path.of(args[2]));
      case "gather" -> gather(Double.parseDouble(args[1]), Path.of(args[2]));
      default -> throw new IllegalArgumentException("prepare or gather, not " + args[0]);
    }
  }

  private static void prepare(Path file, Path folder) throws IOException {
    try (CellSource cells = Formats.open(file)) {
      long start = System.nanoTime();
      Formats.preparer().write(cells, folder, IfExists.REPLACE, System.err::println);
      print("seconds", (System.nanoTime() - start) / NANOS);
    }
    try (CellSource cells = Formats.open(folder)) {
      print("counts", cells.counts(cells.modalities().getFirst()).nonzeros());
      print("bytes", Files.size(folder.resolve("counts")));
    }
  }

  /** Gathers for some seconds, and counts the second half of them: by then all is compiled. */
  private static void gather(double seconds, Path file) {
    try (CellSource cells = Formats.open(file)) {
      Counts counts = cells.counts(cells.modalities().getFirst());
      SplittableRandom random = new SplittableRandom(1);
      int[] rows = new int[MINIBATCH];
      long values = 0;
      long start = System.nanoTime();
      long half = start + (long) (seconds / 2 * NANOS);
      long end = start + (long) (seconds * NANOS);
      long all = 0;
      long late = 0;
      long began = 0;
      long now = start;
      while (now < end) {
        Arrays.setAll(rows, _ -> random.nextInt(counts.rows()));
        values += counts.gather(rows).nonzeros();
        all += MINIBATCH;
        now = System.nanoTime();
        if (began > 0) {
          late += MINIBATCH;
        } else if (now >= half) {
          began = now;
        }
      }
      print("in memory", counts.inMemory() ? 1 : 0);
      print("counts a cell", (double) values / all);
      print("cells/s from the first", all / ((now - start) / NANOS));
      print("cells/s", late / ((now - began) / NANOS));
    }
  }

  private static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s\t%.6g%n", name, value);
  }
}
