package org.regularizedvi.cli.reporting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.report.MapView;

/**
 * Holds sums of a modality's counts, made by going through the file block by block.
 *
 * @param totals of each cell, over all features of the file
 * @param means mean count of each feature of the file
 * @param spreads variance of log(1 + counts in 10,000) of each feature
 */
record FeatureSums(double[] totals, double[] means, double[] spreads) {
  private static final int BLOCK = 1024;
  private static final double TARGET = 10_000;

  static FeatureSums of(CellSource source, String modality) {
    try (CountReader reader = source.countReader(modality)) {
      int cells = reader.rows();
      double[] totals = new double[cells];
      double[] sums = new double[reader.columns()];
      double[] logs = new double[reader.columns()];
      double[] squares = new double[reader.columns()];
      int first = 0;
      for (Optional<SparseRows> b = reader.next(BLOCK); b.isPresent(); b = reader.next(BLOCK)) {
        SparseRows block = b.get();
        double[] own = block.totals();
        System.arraycopy(own, 0, totals, first, own.length);
        for (int r = 0; r < block.rows(); r++) {
          for (int i = block.indptr()[r]; i < block.indptr()[r + 1]; i++) {
            int g = block.indices()[i];
            double log = log(block.values()[i], own[r]);
            sums[g] += block.values()[i];
            logs[g] += log;
            squares[g] += log * log;
          }
        }
        first += block.rows();
      }
      double[] means = Arrays.stream(sums).map(s -> s / cells).toArray();
      double[] spreads =
          IntStream.range(0, sums.length)
              .mapToDouble(g -> squares[g] / cells - (logs[g] / cells) * (logs[g] / cells))
              .toArray();
      return new FeatureSums(totals, means, spreads);
    }
  }

  /** {@return the places of the features that vary most, at most n} */
  int[] mostVariable(int n) {
    return IntStream.range(0, spreads.length)
        .boxed()
        .sorted(Comparator.comparingDouble(g -> -spreads[g]))
        .limit(n)
        .mapToInt(g -> g)
        .toArray();
  }

  /**
   * Reads log(1 + counts in 10,000) of some features in each cell.
   *
   * @param columns of the file
   * @param names what to call them, in the same order
   */
  List<MapView.Feature> features(
      CellSource source, String modality, int[] columns, List<String> names) {
    Map<Integer, float[]> values = new HashMap<>();
    Arrays.stream(columns).forEach(c -> values.put(c, new float[totals.length]));
    try (CountReader reader = source.countReader(modality)) {
      int first = 0;
      for (Optional<SparseRows> b = reader.next(BLOCK); b.isPresent(); b = reader.next(BLOCK)) {
        SparseRows block = b.get();
        for (int r = 0; r < block.rows(); r++) {
          for (int i = block.indptr()[r]; i < block.indptr()[r + 1]; i++) {
            float[] of = values.get(block.indices()[i]);
            if (of != null) {
              of[first + r] = (float) log(block.values()[i], totals[first + r]);
            }
          }
        }
        first += block.rows();
      }
    }
    return IntStream.range(0, columns.length)
        .mapToObj(i -> new MapView.Feature(names.get(i), values.get(columns[i])))
        .toList();
  }

  private static double log(double count, double total) {
    return Math.log1p(count / total * TARGET);
  }
}
