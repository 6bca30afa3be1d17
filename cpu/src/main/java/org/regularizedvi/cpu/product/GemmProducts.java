package org.regularizedvi.cpu.product;

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

  private void product(Form form, Matrix a, Matrix b, float keep, Matrix out) {
    int inner = form.first() ? a.rows() : a.columns();
    if ((form.first() ? a.columns() : a.rows()) != out.rows()
        || (form.second() ? b.columns() : b.rows()) != inner
        || (form.second() ? b.rows() : b.columns()) != out.columns()
        || a.type() != b.type()
        || (out.type() != ElementType.FLOAT32 && out.type() != a.type())) {
      throw new IllegalArgumentException(
          "%s of %s and %s into %s".formatted(form, shape(a), shape(b), shape(out)));
    }
    if (out.rows() == 0 || out.columns() == 0) {
      return;
    }
    if (inner > 0) {
      gemm.run(form, a, b, keep, out);
    } else if (keep == 0) {
      out.clear();
    }
  }

  private static String shape(Matrix matrix) {
    return "%s %d x %d".formatted(matrix.type(), matrix.rows(), matrix.columns());
  }
}
