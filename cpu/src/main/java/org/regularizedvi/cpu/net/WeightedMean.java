package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Takes the weighted mean of the parts z_m over the modalities that a cell has; for a cell without
 * any, all count.
 *
 * <pre>
 *   z = sum_m w_m z_m      w = softmax of the logits a over the modalities present
 *   dz_m = w_m dz + what comes through the logits      da_m = w_m (q_m - sum_j w_j q_j), q_m = dz . z_m
 * </pre>
 */
public final class WeightedMean implements LatentCombination {
  private final int modalities;
  private final int dimensions;
  private final WeightLogits logits;
  private final boolean trained;
  private List<Matrix> parts;
  private List<Matrix> partGradients;
  private Matrix joint;
  private Matrix jointGradient;
  private Matrix weightsNM;

  /** The logits, then the gradients by them. */
  private Matrix logitsNM;

  /**
   * Makes a combination with room for no cells.
   *
   * @param modalities M, the number of parts
   * @param dimensions K, the number of dimensions of each part and of the joint z
   * @param logits gives the logarithms of the weights, up to a constant
   * @param trained whether there is room for gradients
   */
  WeightedMean(int modalities, int dimensions, WeightLogits logits, boolean trained) {
    this.modalities = modalities;
    this.dimensions = dimensions;
    this.logits = logits;
    this.trained = trained;
    reserve(Arena.global(), 0);
  }

  @Override
  public void reserve(Arena arena, int rows) {
    parts = matrices(arena, rows);
    partGradients = matrices(arena, trained ? rows : 0);
    joint = Matrix.in(arena, rows, dimensions);
    jointGradient = Matrix.in(arena, trained ? rows : 0, dimensions);
    weightsNM = Matrix.in(arena, rows, modalities);
    logitsNM = Matrix.in(arena, rows, modalities);
  }

  private List<Matrix> matrices(Arena arena, int rows) {
    return IntStream.range(0, modalities)
        .mapToObj(_ -> Matrix.in(arena, rows, dimensions))
        .toList();
  }

  @Override
  public List<Matrix> parts() {
    return parts;
  }

  @Override
  public Matrix joint() {
    return joint;
  }

  @Override
  public Matrix jointGradient() {
    return jointGradient;
  }

  @Override
  public List<Matrix> partGradients() {
    return partGradients;
  }

  @Override
  public void join(Presence presence, int from, int to) {
    logits.forward(parts, from, to, logitsNM);
    float[] part = new float[dimensions];
    float[] sum = new float[dimensions];
    float[] weights = new float[modalities];
    for (int n = from; n < to; n++) {
      weigh(presence, n, weights);
      weightsNM.setRow(n, weights);
      Arrays.fill(sum, 0);
      for (int m = 0; m < modalities; m++) {
        parts.get(m).copyRow(n, part);
        for (int k = 0; k < dimensions; k++) {
          sum[k] += weights[m] * part[k];
        }
      }
      joint.setRow(n, sum);
    }
  }

  /** Computes a cell's weights: the softmax of its logits over the modalities present. */
  private void weigh(Presence presence, int n, float[] weights) {
    boolean any = false;
    for (boolean[] has : presence.cells()) {
      any |= has[n];
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int m = 0; m < modalities; m++) {
      if (!any || presence.cells().get(m)[n]) {
        largest = Math.max(largest, logitsNM.get(n, m));
      }
    }
    double sum = 0;
    for (int m = 0; m < modalities; m++) {
      boolean counts = !any || presence.cells().get(m)[n];
      weights[m] = counts ? (float) Math.exp(logitsNM.get(n, m) - largest) : 0;
      sum += weights[m];
    }
    for (int m = 0; m < modalities; m++) {
      weights[m] = (float) (weights[m] / sum);
    }
  }

  @Override
  public void split(int from, int to) {
    float[] d = new float[dimensions];
    float[] part = new float[dimensions];
    float[] weights = new float[modalities];
    double[] byWeight = new double[modalities];
    for (int n = from; n < to; n++) {
      jointGradient.copyRow(n, d);
      weightsNM.copyRow(n, weights);
      double mean = 0;
      for (int m = 0; m < modalities; m++) {
        parts.get(m).copyRow(n, part);
        double product = 0;
        for (int k = 0; k < dimensions; k++) {
          product += (double) d[k] * part[k];
          part[k] = weights[m] * d[k];
        }
        partGradients.get(m).setRow(n, part);
        byWeight[m] = product;
        mean += weights[m] * product;
      }
      for (int m = 0; m < modalities; m++) {
        logitsNM.set(n, m, (float) (weights[m] * (byWeight[m] - mean)));
      }
    }
    logits.backward(logitsNM, from, to, partGradients);
  }

  @Override
  public void differentiateParameters(int rows) {
    logits.differentiateParameters(logitsNM, parts, rows);
  }

  @Override
  public Optional<Matrix> weights() {
    return Optional.of(weightsNM);
  }
}
