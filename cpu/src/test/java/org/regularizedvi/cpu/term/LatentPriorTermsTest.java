package org.regularizedvi.cpu.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regularizedvi.cpu.Differences.doubles;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.core.config.HorseshoeConfig;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.ZSparsityPrior;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.cpu.Differences;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.kernel.special.Gammas;
import org.regularizedvi.reference.net.Masks;
import org.regularizedvi.reference.term.LatentShrinkageTensors;
import org.regularizedvi.reference.term.SparsityTensors;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

/**
 * The priors that hold z and hidden units to zero: values against the reference, derivatives
 * against differences of the textbook's densities in double precision, both to 1e-6 of the largest.
 */
final class LatentPriorTermsTest {
  private static final int CELLS = 4;
  private static final int DIMENSIONS = 9;
  private static final double FACTOR = 0.3;
  private static final boolean[] PRESENT = {true, false, true, true};

  private final Arena arena = Arena.ofAuto();

  private Matrix normals(long seed, double spread) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix all = Matrix.in(arena, CELLS, DIMENSIONS);
    for (int n = 0; n < CELLS; n++) {
      for (int k = 0; k < DIMENSIONS; k++) {
        all.set(n, k, (float) (spread * random.nextGaussian()));
      }
    }
    return all;
  }

  @Test
  void sparsityIsAGammaDensityOfAbsoluteValues() {
    SparsityTerm term = new SparsityTerm(new Sparsity(0.15));
    Matrix x = normals(4, 2);
    double[] natsN = new double[CELLS];
    term.addUp(x, PRESENT, 0, 2, natsN);
    term.addUp(x, PRESENT, 2, CELLS, natsN);
    try (PointerScope _ = new PointerScope()) {
      double[] expected =
          Tensors.doubles(
              Masks.masked(
                  new SparsityTensors(term.prior()).perCell(Tensors.of(x.numbers())), PRESENT));
      assertThat(natsN).containsExactly(expected, within(1e-4));
    }
    Matrix gradient = Matrix.in(arena, CELLS, DIMENSIONS);
    term.differentiate(x, PRESENT, FACTOR, 0, CELLS, gradient);
    for (int n = 0; n < CELLS; n++) {
      double factor = PRESENT[n] ? FACTOR : 0;
      for (int k = 0; k < DIMENSIONS; k++) {
        double[] at = {x.get(n, k)};
        Differences.requireSlopes(
            "unit",
            () -> factor * negativeLogGamma(Math.abs(at[0]) + 1e-8, 0.15),
            at,
            doubles(gradient.get(n, k)),
            1e-6,
            1);
      }
    }
  }

  /** A hidden unit that the rectifier holds at 0 has no gradient, where the density has a pole. */
  @Test
  void aUnitAtZeroHasNoGradient() {
    Matrix gradient = Matrix.in(arena, 1, DIMENSIONS);
    new SparsityTerm(new Sparsity(0.15))
        .differentiate(Matrix.in(arena, 1, DIMENSIONS), new boolean[] {true}, 1, 0, 1, gradient);
    assertThat(gradient.numbers().values()).containsOnly(0);
  }

  private static double negativeLogGamma(double x, double shape) {
    return Gammas.logGamma(shape) - (shape - 1) * Math.log(x) + x;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void scalesDivergeFromTheirPrior(HorseshoePrior kind) {
    LatentShrinkage own = shrinkage(kind);
    LatentShrinkageTerm term = new LatentShrinkageTerm(own);
    Gaussian q = posterior();
    Matrix logNK = Matrix.in(arena, CELLS, DIMENSIONS);
    CounterNoise noise = new CounterNoise(new CounterRandom(3), 1, new int[CELLS]);
    q.draw(noise, Draw.of(Draw.Kind.HORSESHOE, 0), 0, CELLS, logNK);
    float[] normals = new float[DIMENSIONS];
    noise.normals(Draw.of(Draw.Kind.HORSESHOE, 0), 0, normals);
    double[] natsN = new double[CELLS];
    term.addUp(q, logNK, PRESENT, 0, 2, natsN);
    term.addUp(q, logNK, PRESENT, 2, CELLS, natsN);
    try (PointerScope _ = new PointerScope()) {
      NormalPosterior tensors =
          new NormalPosterior(Tensors.of(q.mean().numbers()), Tensors.of(q.variance().numbers()));
      double[] expected =
          Tensors.doubles(
              Masks.masked(
                  new LatentShrinkageTensors(own)
                      .divergence(tensors, Tensors.of(logNK.numbers()))
                      .sum(1),
                  PRESENT));
      for (int n = 0; n < CELLS; n++) {
        assertThat(natsN[n]).isCloseTo(expected[n], within(1e-5 * Math.abs(expected[n])));
      }
    }
    Matrix byDraw = Matrix.in(arena, CELLS, DIMENSIONS);
    term.differentiateDraws(logNK, PRESENT, FACTOR, 0, CELLS, byDraw);
    q.differentiate(byDraw, 0, CELLS);
    term.differentiate(q, logNK, PRESENT, FACTOR, 0, CELLS);
    for (int n = 0; n < CELLS; n++) {
      double factor = PRESENT[n] ? FACTOR : 0;
      for (int k = 0; k < DIMENSIONS; k++) {
        double[] at = {q.mean().get(n, k), q.variance().get(n, k)};
        double eps = normals[k];
        Differences.requireSlopes(
            "cell %d, dimension %d".formatted(n, k),
            () -> factor * textbook(kind, at[0], at[1], eps),
            at,
            doubles(q.meanGradient().get(n, k), q.varianceGradient().get(n, k)),
            1e-5,
            1);
      }
    }
  }

  /** The last dimension is so far down that its draws are held at the least scale. */
  private Gaussian posterior() {
    Matrix means = normals(6, 1);
    Matrix spreads = normals(7, 0.5);
    Gaussian q = new Gaussian(DIMENSIONS, true);
    q.reserve(arena, CELLS);
    for (int n = 0; n < CELLS; n++) {
      for (int k = 0; k < DIMENSIONS; k++) {
        q.mean().set(n, k, k == DIMENSIONS - 1 ? -20 : means.get(n, k));
        q.variance().set(n, k, (float) Math.exp(spreads.get(n, k)));
      }
    }
    return q;
  }

  /** With shape 3 / 9, of densities of g itself. */
  private static double textbook(HorseshoePrior kind, double m, double v, double eps) {
    double s = 3.0 / DIMENSIONS;
    double variance = Math.log(1 + 1 / s);
    double mean = Math.log(s) - variance / 2;
    if (kind == HorseshoePrior.LOGNORMAL) {
      double share = v / variance;
      return 0.5 * (share + (m - mean) * (m - mean) / variance - 1 - Math.log(share));
    }
    double g = Math.max(Math.exp(m + Math.sqrt(v) * eps), 1e-6);
    double prior =
        kind == HorseshoePrior.GAMMA ? -negativeLogGamma(g, s) : logLogNormal(g, mean, variance);
    return logLogNormal(g, m, v) - prior;
  }

  private static double logLogNormal(double g, double mean, double variance) {
    double away = Math.log(g) - mean;
    return -Math.log(g) - 0.5 * (Math.log(2 * Math.PI * variance) + away * away / variance);
  }

  private static LatentShrinkage shrinkage(HorseshoePrior kind) {
    ModelConfig config =
        TestCells.smallModel()
            .with(
                new LatentPriorConfig(
                    true,
                    ZSparsityPrior.NONE,
                    3,
                    false,
                    5,
                    false,
                    new HorseshoeConfig(kind, 1, 1, 0.1)));
    int[] one = {1};
    CategoryCounts categories = new CategoryCounts(one, one, one, new int[0], one, 1, 2, 0);
    return new LatentShrinkage(
        new ModalitySpec(0, StoredNames.single(), 3, DIMENSIONS, config, categories));
  }
}
