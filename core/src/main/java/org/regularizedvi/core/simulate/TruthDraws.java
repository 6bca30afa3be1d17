package org.regularizedvi.core.simulate;

import org.regularizedvi.kernel.random.CounterRandom;

/** Draws the random numbers of one modality, or of the cells themselves, by what they are for. */
final class TruthDraws {
  /**
   * Says what a draw is for. The purposes begin far behind those of training, so that a model
   * trained with the same seed meets no number again.
   */
  enum Kind {
    TYPE(128),
    MISSING(129),
    COMPOSITION(130),
    BASE(131),
    TYPE_EFFECT(132),
    TYPE_AFFECTED(133),
    AMBIENT(134),
    SCALING(135),
    DISPERSION(136),
    LIBRARY(137),
    LIBRARY_OF_BATCH(138),
    COUNT(139),
    COUNT_LOW_BITS(140),
    AMBIENT_OF_CELL(141),
    AMBIENT_OF_BATCH(142),
    NODE_EFFECT(143),
    NODE_AFFECTED(144),
    MARKER(145),
    MARKER_NODE(146),
    RARE_CELLS(147),
    RARE_CELL(148);

    private final int purpose;

    Kind(int purpose) {
      this.purpose = purpose;
    }

    /** {@return the purpose under which the random generator knows this kind} */
    private int purpose() {
      return purpose;
    }
  }

  private static final double TWO_POW_MINUS_25 = 0x1p-25;

  /** So many uniforms multiply to more than the smallest double. */
  private static final int FACTORS_AT_ONCE = 32;

  private final CounterRandom random;
  private final long step;

  private TruthDraws(CounterRandom random, long step) {
    this.random = random;
    this.step = step;
  }

  static TruthDraws ofCells(CounterRandom random) {
    return new TruthDraws(random, 0);
  }

  static TruthDraws ofModality(CounterRandom random, int modality) {
    return new TruthDraws(random, 1 + modality);
  }

  /** {@return standard normals, one for each of the columns 0 .. count-1} */
  float[] normals(Kind kind, long row, int count) {
    float[] out = new float[count];
    random.normals(kind.purpose(), step, row, 0, out, 0, count);
    return out;
  }

  /** Uniforms in [0, 1), multiples of 2^-24, of the columns from 0, as many as fit. */
  void uniforms(Kind kind, long row, float[] out) {
    random.uniforms(kind.purpose(), step, row, 0, out, 0, out.length);
  }

  /** {@return the uniform of one column} */
  double uniform(Kind kind, long row, int column) {
    return random.uniform(kind.purpose(), step, row, column);
  }

  /** {@return an Exponential draw of mean 1, never 0} */
  double exponential(Kind kind, long row, int column) {
    return -Math.log1p(-(uniform(kind, row, column) + TWO_POW_MINUS_25));
  }

  /**
   * {@return a Gamma(shape, 1) draw for a whole shape: the sum of so many Exponential draws, as the
   * log of the product of their uniforms}
   */
  double gamma(Kind kind, long row, int shape) {
    float[] uniforms = new float[shape];
    uniforms(kind, row, uniforms);
    double sum = 0;
    double product = 1;
    for (int i = 0; i < shape; i++) {
      product *= 1 - (uniforms[i] + TWO_POW_MINUS_25);
      if ((i + 1) % FACTORS_AT_ONCE == 0) {
        sum -= Math.log(product);
        product = 1;
      }
    }
    return sum - Math.log(product);
  }
}
