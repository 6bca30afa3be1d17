package org.regularizedvi.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.formats.Formats;

/**
 * Times the reading of files of any format: names and all counts into memory, each as often as
 * asked. {@code bench/read.py} makes such files, runs this, and does the same with scanpy and
 * anndata.
 *
 * <p>Usage: {@code ReadBenchmark ROUNDS FILE...}
 */
public final class ReadBenchmark {
  private ReadBenchmark() {}

  /**
   * Prints the seconds of each round and file.
   *
   * @param args the number of rounds, then the files
   */
  public static void main(String[] args) {
    int rounds = Integer.parseInt(args[0]);
    for (int round = 0; round < rounds; round++) {
      for (int i = 1; i < args.length; i++) {
        long start = System.nanoTime();
        long nonzeros = read(Path.of(args[i]));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%s\t%.3f\t%d%n", args[i], seconds, nonzeros);
      }
    }
  }

  private static long read(Path file) {
    try (CellSource cells = Formats.open(file)) {
      cells.cells().obsNames();
      String modality = cells.modalities().getFirst();
      cells.features(modality).varNames();
      Counts counts = cells.counts(modality);
      return counts.nonzeros();
    }
  }
}
