package org.regularizedvi.maps;

/**
 * Finds the two directions in which points vary most, by the power method on their covariance. Each
 * direction is turned so that its largest component is above 0.
 */
final class PrincipalPlane {
  private static final int STEPS = 1000;
  private static final double SETTLED = 1e-12;

  private PrincipalPlane() {}

  /** {@return the coordinates of each point in the plane, row by row: x and y} */
  static double[] of(Points points) {
    double[] mean = mean(points);
    double[][] covariance = covariance(points, mean);
    double[] first = leading(covariance);
    deflate(covariance, first);
    double[] second = leading(covariance);
    double[] plane = new double[2 * points.rows()];
    for (int i = 0; i < points.rows(); i++) {
      for (int c = 0; c < mean.length; c++) {
        double centred = points.values()[i * mean.length + c] - mean[c];
        plane[2 * i] += centred * first[c];
        plane[2 * i + 1] += centred * second[c];
      }
    }
    return plane;
  }

  private static double[] mean(Points points) {
    double[] mean = new double[points.columns()];
    for (int i = 0; i < points.values().length; i++) {
      mean[i % mean.length] += points.values()[i] / points.rows();
    }
    return mean;
  }

  private static double[][] covariance(Points points, double[] mean) {
    int columns = mean.length;
    double[][] covariance = new double[columns][columns];
    double[] centred = new double[columns];
    for (int i = 0; i < points.rows(); i++) {
      for (int c = 0; c < columns; c++) {
        centred[c] = points.values()[i * columns + c] - mean[c];
      }
      for (int c = 0; c < columns; c++) {
        for (int d = 0; d < columns; d++) {
          covariance[c][d] += centred[c] * centred[d];
        }
      }
    }
    return covariance;
  }

  private static double[] leading(double[][] matrix) {
    int columns = matrix.length;
    double[] direction = new double[columns];
    for (int c = 0; c < columns; c++) {
      direction[c] = 1 / (1.0 + c); // in general not at right angles to the one looked for
    }
    for (int step = 0; step < STEPS; step++) {
      double[] next = product(matrix, direction);
      double norm = 0;
      for (double value : next) {
        norm += value * value;
      }
      if (norm == 0) {
        return new double[columns]; // no variance is left
      }
      double moved = 0;
      for (int c = 0; c < columns; c++) {
        next[c] /= Math.sqrt(norm);
        moved = Math.max(moved, Math.abs(next[c] - direction[c]));
      }
      direction = next;
      if (moved < SETTLED) {
        break;
      }
    }
    int largest = 0;
    for (int c = 1; c < columns; c++) {
      largest = Math.abs(direction[c]) > Math.abs(direction[largest]) ? c : largest;
    }
    double sign = Math.signum(direction[largest]);
    for (int c = 0; c < columns; c++) {
      direction[c] *= sign;
    }
    return direction;
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int c = 0; c < vector.length; c++) {
      for (int d = 0; d < vector.length; d++) {
        product[c] += matrix[c][d] * vector[d];
      }
    }
    return product;
  }

  /** Takes a direction's variance away. */
  private static void deflate(double[][] matrix, double[] direction) {
    double[] product = product(matrix, direction);
    double variance = 0;
    for (int c = 0; c < direction.length; c++) {
      variance += product[c] * direction[c];
    }
    for (int c = 0; c < direction.length; c++) {
      for (int d = 0; d < direction.length; d++) {
        matrix[c][d] -= variance * direction[c] * direction[d];
      }
    }
  }
}
