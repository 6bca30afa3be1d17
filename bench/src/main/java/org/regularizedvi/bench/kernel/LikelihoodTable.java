package org.regularizedvi.bench.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.kernel.ElementType;

/**
 * Prints nanoseconds of processor time per element of the likelihood kernel on one thread, least of
 * repeated runs: the quick look, where {@code LikelihoodBenchmark} is the careful one.
 */
public final class LikelihoodTable {
  private static final int ROWS = 1024;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private LikelihoodTable() {}

  /**
   * Prints a line per kind of tile.
   *
   * @param args seconds per line, 2 when left out
   */
  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
    CountLikelihood fastest = CountLikelihood.fastest();
    line(fastest, 1024, 0.085, ElementType.FLOAT32, "generated", seconds);
    line(fastest, 1024, 0.085, ElementType.BFLOAT16, "generated", seconds);
    line(fastest, 1024, 0.085, ElementType.FLOAT32, "given", seconds);
    line(fastest, 1024, 0.085, ElementType.FLOAT32, "none", seconds);
    line(fastest, 1024, 0, ElementType.FLOAT32, "generated", seconds);
    line(fastest, 1024, 0, ElementType.FLOAT32, "none", seconds);
    line(fastest, 512, 0.085, ElementType.FLOAT32, "generated", seconds);
    line(fastest, 2048, 0.085, ElementType.FLOAT32, "generated", seconds);
    line(CountLikelihood.scalar(), 1024, 0.085, ElementType.FLOAT32, "generated", seconds);
  }

  private static void line(
      CountLikelihood likelihood,
      int columns,
      double density,
      ElementType type,
      String noise,
      double seconds) {
    LikelihoodCase warm = new LikelihoodCase(64, columns, density, type, noise);
    long warmUntil = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < warmUntil) {
      warm.restore();
      warm.run(likelihood);
    }
    LikelihoodCase work = new LikelihoodCase(ROWS, columns, density, type, noise);
    double best = Double.MAX_VALUE;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      work.restore();
      long start = THREADS.getCurrentThreadCpuTime();
      work.run(likelihood);
      best = Math.min(best, (double) (THREADS.getCurrentThreadCpuTime() - start) / work.elements());
    } while (System.nanoTime() < end);
    System.out.printf(
        "%-20s tile %4d  density %.3f  %-8s  noise %-9s  %.2f ns/element%n",
        likelihood.name(), columns, density, type, noise, best);
  }
}
