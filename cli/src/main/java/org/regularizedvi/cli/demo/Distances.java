package org.regularizedvi.cli.demo;

import java.util.Arrays;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;

/** How far cells are from each other; only the order of the numbers matters. */
public interface Distances {
  /** Returns the distances from one cell to every cell. */
  double[] from(int cell);

  /** Euclidean distances, squared. */
  static Distances euclidean(FloatMatrix points) {
    return cell -> {
      double[] distances = new double[points.rows()];
      for (int other = 0; other < distances.length; other++) {
        for (int k = 0; k < points.columns(); k++) {
          double difference = points.at(cell, k) - points.at(other, k);
          distances[other] += difference * difference;
        }
      }
      return distances;
    };
  }

  /** Cosine distances of log1p(counts per {@code target}). */
  static Distances cosineOfLogCounts(SparseRows counts, double target) {
    double[] totals = counts.totals();
    float[] unit = new float[counts.nonzeros()];
    for (int r = 0; r < counts.rows(); r++) {
      double norm = 0;
      for (int i = counts.indptr()[r]; i < counts.indptr()[r + 1]; i++) {
        unit[i] = (float) Math.log1p(counts.values()[i] / totals[r] * target);
        norm += (double) unit[i] * unit[i];
      }
      for (int i = counts.indptr()[r]; i < counts.indptr()[r + 1]; i++) {
        unit[i] /= (float) Math.sqrt(norm);
      }
    }
    return cell -> {
      float[] dense = new float[counts.columns()];
      for (int i = counts.indptr()[cell]; i < counts.indptr()[cell + 1]; i++) {
        dense[counts.indices()[i]] = unit[i];
      }
      double[] distances = new double[counts.rows()];
      Arrays.fill(distances, 1);
      for (int other = 0; other < distances.length; other++) {
        for (int i = counts.indptr()[other]; i < counts.indptr()[other + 1]; i++) {
          distances[other] -= unit[i] * dense[counts.indices()[i]];
        }
      }
      return distances;
    };
  }
}
