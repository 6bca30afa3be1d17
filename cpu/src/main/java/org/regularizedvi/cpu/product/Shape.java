package org.regularizedvi.cpu.product;

import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/**
 * Holds all that a primitive of oneDNN is made for: everything of a product of bfloat16 matrices
 * but where they lie.
 *
 * @param form which operands are transposed
 * @param rows of what comes out
 * @param inner length of the sums
 * @param columns of what comes out
 * @param firstStride elements from one row of a to the next
 * @param secondStride elements from one row of b to the next
 * @param outStride elements from one row of what comes out to the next
 * @param out type of what comes out
 * @param addend what is added to the product
 */
record Shape(
    Form form,
    int rows,
    int inner,
    int columns,
    int firstStride,
    int secondStride,
    int outStride,
    ElementType out,
    Addend addend) {
  /** Says what is added to the product. */
  enum Addend {
    /** Nothing. */
    NOTHING,
    /** What was there before. */
    OUT,
    /** A number per column. */
    BIAS
  }

  static Shape of(Form form, Matrix a, Matrix b, Addend addend, Matrix out) {
    return new Shape(
        form,
        out.rows(),
        form.first() ? a.rows() : a.columns(),
        out.columns(),
        a.stride(),
        b.stride(),
        out.stride(),
        out.type(),
        addend);
  }

  /**
   * {@return whether a matrix of one column takes part, whose stride oneDNN 3.8's matmul does not
   * see}
   */
  boolean hasOneColumn() {
    return columns == 1 || (form.first() ? rows == 1 : inner == 1);
  }
}
