package org.regularizedvi.cpu.product;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/** A library's product of matrices: the function that the BLAS calls gemm. */
interface Gemm {
  /** {@return whether the library multiplies matrices of a type on this processor} */
  boolean takes(ElementType type);

  /**
   * Computes out = op(a) op(b) + keep * out on the calling thread alone.
   *
   * @param form which operands are transposed
   * @param a an operand of a type that it takes
   * @param b an operand of the same type
   * @param keep 0 or 1, factor on what was there
   * @param out float32 or of the operands' type, of the shape that they ask for; neither it nor
   *     they are empty
   */
  void run(Form form, Matrix a, Matrix b, float keep, Matrix out);

  /**
   * Computes out = a b' + bias, the same for each row, on the calling thread alone.
   *
   * @param a an operand of a type that it takes
   * @param b an operand of the same type
   * @param bias a float32 number per column
   * @param out as for {@link #run}
   */
  default void affine(Matrix a, Matrix b, MemorySegment bias, Matrix out) {
    out.fillRows(bias);
    run(Form.TIMES_TRANSPOSED, a, b, 1, out);
  }
}
