package org.regularizedvi.cpu.product;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/** Multiplies float32 matrices as a textbook does, with sums in double precision. */
public final class TextbookProducts implements Products {
  /** Gives an element of an operand as it is multiplied. */
  private interface Element {
    double at(int i, int j);
  }

  @Override
  public boolean takes(ElementType type) {
    return type == ElementType.FLOAT32;
  }

  @Override
  public void times(Matrix a, Matrix b, float keep, Matrix out) {
    multiply(a::get, b::get, a.columns(), keep, out);
  }

  @Override
  public void timesTransposed(Matrix a, Matrix b, float keep, Matrix out) {
    multiply(a::get, (i, j) -> b.get(j, i), a.columns(), keep, out);
  }

  @Override
  public void transposedTimes(Matrix a, Matrix b, float keep, Matrix out) {
    multiply((i, j) -> a.get(j, i), b::get, a.rows(), keep, out);
  }

  @Override
  public void affine(Matrix a, Matrix b, MemorySegment bias, Matrix out) {
    out.fillRows(bias);
    timesTransposed(a, b, 1, out);
  }

  private static void multiply(Element a, Element b, int inner, float keep, Matrix out) {
    for (int i = 0; i < out.rows(); i++) {
      for (int j = 0; j < out.columns(); j++) {
        double sum = keep == 0 ? 0 : keep * out.get(i, j);
        for (int k = 0; k < inner; k++) {
          sum += a.at(i, k) * b.at(k, j);
        }
        out.set(i, j, (float) sum);
      }
    }
  }
}
