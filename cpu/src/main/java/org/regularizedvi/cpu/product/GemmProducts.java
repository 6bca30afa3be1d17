package org.regularizedvi.cpu.product;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/** Checks the shapes of products, settles the empty ones and leaves the rest to a library. */
final class GemmProducts implements Products {
  private final Gemm gemm;

  GemmProducts(Gemm gemm) {
    this.gemm = gemm;
  }

  @Override
  public boolean takes(ElementType type) {
    return gemm.takes(type);
  }

  @Override
  public void times(Matrix a, Matrix b, float keep, Matrix out) {
    product(Form.TIMES, a, b, keep, out);
  }

  @Override
  public void timesTransposed(Matrix a, Matrix b, float keep, Matrix out) {
    product(Form.TIMES_TRANSPOSED, a, b, keep, out);
  }

  @Override
  public void transposedTimes(Matrix a, Matrix b, float keep, Matrix out) {
    product(Form.TRANSPOSED_TIMES, a, b, keep, out);
  }

  @Override
  public void affine(Matrix a, Matrix b, MemorySegment bias, Matrix out) {
    check(Form.TIMES_TRANSPOSED, a, b, out);
    if (out.rows() > 0 && out.columns() > 0) {
      if (a.columns() > 0) {
        gemm.affine(a, b, bias, out);
      } else {
        out.fillRows(bias);
      }
    }
  }

  private void product(Form form, Matrix a, Matrix b, float keep, Matrix out) {
    check(form, a, b, out);
    if (out.rows() > 0 && out.columns() > 0) {
      if (inner(form, a) > 0) {
        gemm.run(form, a, b, keep, out);
      } else if (keep == 0) {
        out.clear();
      }
    }
  }

  private static int inner(Form form, Matrix a) {
    return form.first() ? a.rows() : a.columns();
  }

  private static void check(Form form, Matrix a, Matrix b, Matrix out) {
    int inner = inner(form, a);
    if ((form.first() ? a.columns() : a.rows()) != out.rows()
        || (form.second() ? b.columns() : b.rows()) != inner
        || (form.second() ? b.rows() : b.columns()) != out.columns()
        || a.type() != b.type()
        || (out.type() != ElementType.FLOAT32 && out.type() != a.type())) {
      throw new IllegalArgumentException(
          "%s of %s and %s into %s".formatted(form, shape(a), shape(b), shape(out)));
    }
  }

  private static String shape(Matrix matrix) {
    return "%s %d x %d".formatted(matrix.type(), matrix.rows(), matrix.columns());
  }
}
