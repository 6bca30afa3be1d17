package org.regularizedvi.core.draw;

/** The random numbers of one training or evaluation step. */
public interface Noise {
  /** Fills one standard normal a column for a cell, given by its row in the minibatch. */
  void normals(Draw draw, int row, float[] out);

  /** Fills one standard normal an entry for parameters that all cells share. */
  void sharedNormals(Draw draw, float[] out);

  /**
   * Fills one uniform in [0, 1) a column for a cell, given by its row in the minibatch; dropout
   * keeps what is at least the rate.
   */
  void uniforms(Draw draw, int row, float[] out);

  /**
   * Fills one uniform in [0, 1) for each of a sparse row's entries, {@code out[0 .. count)}.
   *
   * @param columns where the entries stand: {@code columns[from .. from + count)}
   */
  void entryUniforms(Draw draw, int row, int[] columns, int from, int count, float[] out);

  /** The draws of rows {@code [from, to)} of the minibatch. */
  Noise rows(int from, int to);

  /**
   * Whether the dispersion prior's expectation is taken by a draw; otherwise it has its closed
   * form.
   */
  boolean drawsDispersionPrior();
}
