package org.regularizedvi.cpu.product;

import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Multiplies matrices in native memory, each call on the thread that makes it and on no other, from
 * any number of threads at once. The same operands of the same shapes give the same bits.
 *
 * <p>Both operands are of one type, float32 or bfloat16; what comes out is float32, or bfloat16
 * rounded from sums in float32.
 */
public interface Products {
  /**
   * Computes out = a b + keep * out.
   *
   * @param a rows x inner
   * @param b inner x columns
   * @param keep 0 to overwrite what was there, 1 to add to it
   * @param out rows x columns
   */
  void times(Matrix a, Matrix b, float keep, Matrix out);

  /**
   * Computes out = a b' + keep * out.
   *
   * @param a rows x inner
   * @param b columns x inner
   * @param keep 0 to overwrite what was there, 1 to add to it
   * @param out rows x columns
   */
  void timesTransposed(Matrix a, Matrix b, float keep, Matrix out);

  /**
   * Computes out = a' b + keep * out.
   *
   * @param a inner x rows
   * @param b inner x columns
   * @param keep 0 to overwrite what was there, 1 to add to it
   * @param out rows x columns
   */
  void transposedTimes(Matrix a, Matrix b, float keep, Matrix out);
}
