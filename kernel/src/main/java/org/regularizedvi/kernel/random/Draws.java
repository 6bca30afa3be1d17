package org.regularizedvi.kernel.random;

/**
 * Fills whole groups of 64 columns with draws.
 *
 * <p>Parameters of both methods: {@code key} the seed; {@code rowStep} counter words 1 and 2,
 * packed; {@code tag} counter word 3; {@code group} the first group; {@code groups} their number;
 * {@code out} and {@code offset} where the 64 * groups floats go.
 */
sealed interface Draws permits ScalarDraws, VectorDraws {
  /** Standard normals. */
  void normals(long key, long rowStep, int tag, int group, int groups, float[] out, int offset);

  /** Uniforms in [0, 1), multiples of 2^-24. */
  void uniforms(long key, long rowStep, int tag, int group, int groups, float[] out, int offset);
}
