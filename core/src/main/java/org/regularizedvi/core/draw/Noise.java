package org.regularizedvi.core.draw;

/** Gives the random numbers of one training or evaluation step. */
public interface Noise {
  /**
   * Fills in standard normal numbers of a cell, one for each column.
   *
   * @param draw what they are for
   * @param row the row of the cell in the minibatch
   * @param out takes the numbers
   */
  void normals(Draw draw, int row, float[] out);

  /**
   * Fills in standard normal numbers for parameters that all cells share, one for each entry.
   *
   * @param draw what they are for
   * @param out takes the numbers
   */
  void sharedNormals(Draw draw, float[] out);

  /**
   * Fills in uniform numbers in [0, 1) of a cell, one for each column. Dropout keeps what is at
   * least the rate.
   *
   * @param draw what they are for
   * @param row the row of the cell in the minibatch
   * @param out takes the numbers
   */
  void uniforms(Draw draw, int row, float[] out);

  /**
   * Fills in uniform numbers in [0, 1) of a cell, one for each of some entries of a sparse row:
   * {@code out[0 .. count)}.
   *
   * @param draw what they are for
   * @param row the row of the cell in the minibatch
   * @param columns holds the columns of the entries, {@code columns[from .. from + count)}
   * @param first where the row's first entry lies, or would lie if it were not left out
   * @param from where the first of the entries that are asked for lies
   * @param count the number of these entries
   * @param out takes the numbers
   */
  void entryUniforms(
      Draw draw, int row, int[] columns, int first, int from, int count, float[] out);

  /**
   * {@return the noise of rows {@code [from, to)} of the minibatch, as rows from 0}
   *
   * @param from the first row
   * @param to the row after the last
   */
  Noise rows(int from, int to);

  /**
   * {@return whether the expectation of the dispersion's prior is taken by a draw; otherwise it has
   * its closed form}
   */
  boolean drawsDispersionPrior();
}
