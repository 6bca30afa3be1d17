package org.regularizedvi.cpu.layer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Normalises each unit over the rows of a minibatch (Ioffe and Szegedy 2015):
 *
 * <pre>
 *   x = (v - m) / s      y = weight x + bias      m, s^2 - 0.001: mean and variance over the rows
 *   dx = weight dy       dv = (dx - m(dx) - x m(dx x)) / s
 * </pre>
 *
 * <p>Outside training, and in a model whose statistics are frozen, m and s are those that training
 * collected, and dv = dx / s. In training it looks at all rows at once.
 */
final class BatchNorm {
  private static final float MOMENTUM = 0.01f;
  private static final double EPS = 0.001;

  private final MemorySegment weight;
  private final MemorySegment bias;
  private final MemorySegment runningMean;
  private final MemorySegment runningVariance;
  private final boolean collects;
  private final Gradients gradients;
  private final String name;
  private final int units;
  private final float[] inverse;
  private boolean collected;

  /** Makes the normalisation that is stored under a name. */
  BatchNorm(Parameters parameters, String name, Gradients gradients) {
    this.name = name;
    this.gradients = gradients;
    this.weight = parameters.memory(name + ".weight");
    this.bias = parameters.memory(name + ".bias");
    this.runningMean = parameters.memory(name + ".running_mean");
    this.runningVariance = parameters.memory(name + ".running_var");
    this.collects = parameters.spec(name + ".running_mean").role() == Role.STATISTIC;
    this.units = (int) (weight.byteSize() / Float.BYTES);
    this.inverse = new float[units];
  }

  /**
   * Turns v into y and keeps x.
   *
   * @param from the first row, 0 in training
   * @param to the row after the last
   * @param training whether the rows' own statistics count, and are collected
   */
  void forward(Matrix vNH, Matrix xNH, int from, int to, boolean training) {
    int rows = to - from;
    collected = training && collects;
    float[] mean = runningMean.toArray(JAVA_FLOAT);
    float[] variance = runningVariance.toArray(JAVA_FLOAT);
    if (collected) {
      double[] means = means(vNH, rows, new double[units]);
      double[] variances = means(vNH, rows, means, variance.length);
      for (int c = 0; c < units; c++) {
        float unbiased = (float) (variances[c] * rows / Math.max(1, rows - 1));
        runningMean.setAtIndex(JAVA_FLOAT, c, moved(mean[c], (float) means[c]));
        runningVariance.setAtIndex(JAVA_FLOAT, c, moved(variance[c], unbiased));
        mean[c] = (float) means[c];
        variance[c] = (float) variances[c];
      }
    }
    for (int c = 0; c < units; c++) {
      inverse[c] = (float) (1 / Math.sqrt(variance[c] + EPS));
    }
    float[] row = new float[units];
    for (int n = from; n < to; n++) {
      vNH.copyRow(n, row);
      for (int c = 0; c < units; c++) {
        row[c] = (row[c] - mean[c]) * inverse[c];
      }
      xNH.setRow(n, row);
      for (int c = 0; c < units; c++) {
        row[c] = Math.fma(row[c], weight.getAtIndex(JAVA_FLOAT, c), bias.getAtIndex(JAVA_FLOAT, c));
      }
      vNH.setRow(n, row);
    }
  }

  private static float moved(float running, float now) {
    return (1 - MOMENTUM) * running + MOMENTUM * now;
  }

  private double[] means(Matrix vNH, int rows, double[] sums) {
    float[] row = new float[units];
    for (int n = 0; n < rows; n++) {
      vNH.copyRow(n, row);
      for (int c = 0; c < units; c++) {
        sums[c] += row[c];
      }
    }
    Arrays.setAll(sums, c -> sums[c] / rows);
    return sums;
  }

  /** {@return the mean squares of what is left when the means are taken off} */
  private static double[] means(Matrix vNH, int rows, double[] means, int units) {
    double[] squares = new double[units];
    float[] row = new float[units];
    for (int n = 0; n < rows; n++) {
      vNH.copyRow(n, row);
      for (int c = 0; c < units; c++) {
        double away = row[c] - means[c];
        squares[c] += away * away;
      }
    }
    Arrays.setAll(squares, c -> squares[c] / rows);
    return squares;
  }

  /** Turns dy into dv, and leaves the gradients by weight and bias. */
  void backward(Matrix xNH, Matrix dNH, int rows) {
    double[] sums = new double[units];
    double[] along = new double[units];
    float[] x = new float[units];
    float[] d = new float[units];
    for (int n = 0; n < rows; n++) {
      xNH.copyRow(n, x);
      dNH.copyRow(n, d);
      for (int c = 0; c < units; c++) {
        sums[c] += d[c];
        along[c] += (double) d[c] * x[c];
      }
    }
    put(name + ".bias", sums);
    put(name + ".weight", along);
    for (int n = 0; n < rows; n++) {
      xNH.copyRow(n, x);
      dNH.copyRow(n, d);
      for (int c = 0; c < units; c++) {
        double own = collected ? (sums[c] + x[c] * along[c]) / rows : 0;
        d[c] = (float) ((d[c] - own) * weight.getAtIndex(JAVA_FLOAT, c) * inverse[c]);
      }
      dNH.setRow(n, d);
    }
  }

  /**
   * Turns derivatives of one row's v into those of its y, where m and s are those that training
   * collected.
   */
  void carry(Matrix derivativesKH) {
    float[] d = new float[units];
    for (int k = 0; k < derivativesKH.rows(); k++) {
      derivativesKH.copyRow(k, d);
      for (int c = 0; c < units; c++) {
        d[c] *= weight.getAtIndex(JAVA_FLOAT, c) * inverse[c];
      }
      derivativesKH.setRow(k, d);
    }
  }

  private void put(String parameter, double[] gradient) {
    if (gradients.has(parameter)) {
      MemorySegment into = gradients.of(parameter);
      for (int c = 0; c < units; c++) {
        into.setAtIndex(JAVA_FLOAT, c, (float) gradient[c]);
      }
    }
  }
}
