package org.regularizedvi.cpu.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regularizedvi.cpu.Differences.doubles;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.cpu.Differences;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.net.Softmax;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Draws from normal and logistic normal distributions: against the reference, and their derivatives
 * against differences of the textbook's formulas, both to 1e-6 of the largest.
 */
class GaussianTest {
  private static final int CELLS = 4;
  private static final Draw DRAW = Draw.of(Draw.Kind.LATENT, 1);
  private static final CounterNoise NOISE =
      new CounterNoise(new CounterRandom(5), 9, new int[] {3, 1, 4, 11});

  private final Arena arena = Arena.ofAuto();
  private final SplittableRandom random = new SplittableRandom(2);

  private Gaussian gaussian(int dimensions) {
    Gaussian q = new Gaussian(dimensions, true);
    q.reserve(arena, CELLS);
    for (int n = 0; n < CELLS; n++) {
      for (int k = 0; k < dimensions; k++) {
        q.mean().set(n, k, (float) random.nextGaussian());
        q.variance().set(n, k, (float) Math.exp(random.nextGaussian()));
      }
    }
    return q;
  }

  private Matrix normals(int rows, int columns) {
    Matrix matrix = Matrix.in(arena, rows, columns);
    for (int n = 0; n < rows; n++) {
      for (int k = 0; k < columns; k++) {
        matrix.set(n, k, (float) random.nextGaussian());
      }
    }
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 37})
  void drawsAreTheReferences(int dimensions) {
    Gaussian q = gaussian(dimensions);
    Matrix zNK = Matrix.in(arena, CELLS, dimensions);
    q.draw(NOISE, DRAW, 0, 3, zNK);
    q.draw(NOISE, DRAW, 3, CELLS, zNK);
    try (PointerScope _ = new PointerScope()) {
      NormalPosterior reference =
          new NormalPosterior(Tensors.of(q.mean().numbers()), Tensors.of(q.variance().numbers()));
      requireNear(Tensors.floats(reference.sample(NOISE, DRAW)), zNK);
      Softmax.forward(zNK, 0, 3);
      Softmax.forward(zNK, 3, CELLS);
      requireNear(Tensors.floats(reference.sample(NOISE, DRAW).softmax(1)), zNK);
    }
  }

  private static void requireNear(float[] expected, Matrix found) {
    assertThat(found.numbers().values()).containsExactly(expected, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 37})
  void derivativesAreTheTextbooks(int dimensions) {
    Gaussian q = gaussian(dimensions);
    Matrix zNK = Matrix.in(arena, CELLS, dimensions);
    Matrix weightsNK = normals(CELLS, dimensions);
    Matrix gradientNK = Matrix.in(arena, CELLS, dimensions);
    gradientNK.put(weightsNK.numbers());
    q.draw(NOISE, DRAW, 0, CELLS, zNK);
    Softmax.forward(zNK, 0, CELLS);
    Softmax.backward(zNK, gradientNK, 0, 3);
    Softmax.backward(zNK, gradientNK, 3, CELLS);
    q.differentiate(gradientNK, 0, 1);
    q.differentiate(gradientNK, 1, CELLS);
    float[] eps = new float[dimensions];
    for (int n = 0; n < CELLS; n++) {
      NOISE.normals(DRAW, n, eps);
      double[] mean = row(q.mean(), n);
      double[] variance = row(q.variance(), n);
      double[] weights = row(weightsNK, n);
      requireSlopes("mean", mean, variance, weights, eps, mean, row(q.meanGradient(), n));
      requireSlopes(
          "variance", mean, variance, weights, eps, variance, row(q.varianceGradient(), n));
    }
  }

  private static void requireSlopes(
      String what,
      double[] mean,
      double[] variance,
      double[] weights,
      float[] eps,
      double[] by,
      double[] found) {
    Differences.requireSlopes(
        what,
        () -> {
          double sum = 0;
          double weighted = 0;
          for (int k = 0; k < mean.length; k++) {
            double share = Math.exp(mean[k] + Math.sqrt(variance[k]) * eps[k]);
            sum += share;
            weighted += weights[k] * share;
          }
          return weighted / sum;
        },
        by,
        found,
        2e-6,
        1);
  }

  private static double[] row(Matrix matrix, int row) {
    float[] values = new float[matrix.columns()];
    matrix.copyRow(row, values);
    return doubles(values);
  }
}
