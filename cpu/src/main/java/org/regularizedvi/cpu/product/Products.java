package org.regularizedvi.cpu.product;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/**
 * Multiplies matrices in native memory, each call on the thread that makes it and on no other, from
 * any number of threads at once. The same operands of the same shapes give the same bits.
 *
 * <p>Both operands are of one type, float32 or bfloat16; sums are made in float32, and come out in
 * it or, of bfloat16, rounded to that.
 */
public interface Products {
  /**
   * {@return the products of the library that comes with the program for this platform}
   *
   * @throws org.regularizedvi.input.InputException when none comes, or it cannot be loaded
   */
  static Products here() {
    return new GemmProducts(OneDnn.LIBRARY.isThere() ? new OneDnn() : new OpenBlas());
  }

  /**
   * {@return whether operands may be of a type}
   *
   * @param type float32 always; bfloat16 where library and processor multiply it
   */
  boolean takes(ElementType type);

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
   * Computes out = a b' + bias, the same for each row.
   *
   * @param a rows x inner
   * @param b columns x inner
   * @param bias a float32 number per column
   * @param out rows x columns
   */
  void affine(Matrix a, Matrix b, MemorySegment bias, Matrix out);

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
