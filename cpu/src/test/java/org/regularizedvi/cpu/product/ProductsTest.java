package org.regularizedvi.cpu.product;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/** Holds both libraries to a textbook product in double precision. */
class ProductsTest {
  /** Rows, inner and columns of products: empty, single, ragged, and as large as a tile. */
  private static final int[][] SIZES = {
    {0, 3, 2},
    {3, 0, 2},
    {2, 3, 0},
    {1, 1, 1},
    {1, 17, 5},
    {7, 20, 1},
    {2, 1, 3},
    {7, 33, 3},
    {65, 10, 130},
    {31, 129, 47},
    {128, 512, 500}
  };

  private static Stream<Gemm> libraries() {
    return Stream.of(new OneDnn(), new OpenBlas());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void textbook(Gemm library) {
    Products products = new GemmProducts(library);
    for (ElementType type : ElementType.values()) {
      for (int[] size : SIZES) {
        if (products.takes(type)) {
          for (Form form : Form.values()) {
            check(products, form, type, size, 0, ElementType.FLOAT32);
            check(products, form, type, size, 1, ElementType.FLOAT32);
            check(products, form, type, size, 0, type);
            check(products, form, type, size, 1, type);
          }
        }
      }
    }
  }

  /**
   * Sums of n products are off by n half units of float32 at most, and by one of bfloat16 when they
   * are rounded to it.
   */
  private static void check(
      Products products, Form form, ElementType type, int[] size, float keep, ElementType to) {
    int rows = size[0];
    int inner = size[1];
    int columns = size[2];
    try (Arena arena = Arena.ofConfined()) {
      Matrix a =
          form.first() ? random(arena, type, inner, rows, 1) : random(arena, type, rows, inner, 1);
      Matrix b =
          form.second()
              ? random(arena, type, columns, inner, 2)
              : random(arena, type, inner, columns, 2);
      Matrix out = random(arena, to, rows, columns, 3);
      double[][] first = form.first() ? transposed(values(a)) : values(a);
      double[][] second = form.second() ? values(b) : transposed(values(b));
      double[][] before = values(out);
      run(products, form, a, b, keep, out);
      double[][] after = values(out);
      double unit = to == ElementType.BFLOAT16 ? 0x1p-8 : 0;
      double worst = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          double expected = keep * before[i][j];
          double magnitude = Math.abs(expected);
          for (int k = 0; k < inner; k++) {
            double product = first[i][k] * second[j][k];
            expected += product;
            magnitude += Math.abs(product);
          }
          double error = Math.abs(after[i][j] - expected);
          double tolerance =
              (inner + 1) * 0x1p-24 * magnitude * (1 + unit) + unit * Math.abs(expected);
          worst = Math.max(worst, Double.isNaN(error) ? 2 : error > 0 ? error / tolerance : 0);
        }
      }
      assertThat(worst)
          .as("%s %s to %s, %d x %d x %d, keep %s", form, type, to, rows, inner, columns, keep)
          .isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void affineAddsOneNumberPerColumn(Gemm library) {
    Products products = new GemmProducts(library);
    try (Arena arena = Arena.ofConfined()) {
      for (ElementType type : ElementType.values()) {
        for (int[] size : SIZES) {
          if (products.takes(type)) {
            Matrix a = random(arena, type, size[0], size[1], 1);
            Matrix b = random(arena, type, size[2], size[1], 2);
            Matrix bias = random(arena, ElementType.FLOAT32, 1, size[2], 3);
            Matrix expected = Matrix.in(arena, size[0], size[2]);
            expected.fillRows(bias.memory());
            products.timesTransposed(a, b, 1, expected);
            Matrix out = random(arena, ElementType.FLOAT32, size[0], size[2], 4);
            products.affine(a, b, bias.memory(), out);
            Matrix rounded = random(arena, type, size[0], size[2], 5);
            products.affine(a, b, bias.memory(), rounded);
            double[][] plain = values(out);
            double[][] narrow = values(rounded);
            double worst = 0;
            for (int i = 0; i < size[0]; i++) {
              for (int j = 0; j < size[2]; j++) {
                double sum = expected.get(i, j);
                double room = 1e-6 * (size[1] + 1);
                worst = Math.max(worst, Math.abs(plain[i][j] - sum) / room);
                double unit = type == ElementType.BFLOAT16 ? 0x1p-8 * Math.abs(sum) : 0;
                worst = Math.max(worst, Math.abs(narrow[i][j] - sum) / (room + unit));
              }
            }
            assertThat(worst).as("%s %s", type, Arrays.toString(size)).isLessThan(1);
          }
        }
      }
    }
  }

  private static double[][] values(Matrix matrix) {
    double[][] values = new double[matrix.rows()][matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        long index = (long) i * matrix.stride() + j;
        values[i][j] =
            matrix.type() == ElementType.FLOAT32
                ? matrix.get(i, j)
                : Float.intBitsToFloat(matrix.memory().getAtIndex(JAVA_SHORT, index) << 16);
      }
    }
    return values;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows.length == 0 ? 0 : rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  private static void run(
      Products products, Form form, Matrix a, Matrix b, float keep, Matrix out) {
    switch (form) {
      case TIMES -> products.times(a, b, keep, out);
      case TIMES_TRANSPOSED -> products.timesTransposed(a, b, keep, out);
      case TRANSPOSED_TIMES -> products.transposedTimes(a, b, keep, out);
    }
  }

  /** A matrix within a wider one, between numbers that ruin every sum. */
  private static Matrix random(Arena arena, ElementType type, int rows, int columns, int seed) {
    Matrix wide = Matrix.in(arena, type, rows, columns + 3);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < wide.columns(); j++) {
        boolean inside = j > 0 && j <= columns;
        set(wide, i, j, inside ? hash(i, j, seed) : Float.NaN);
      }
    }
    return wide.columns(1, columns);
  }

  private static float hash(int i, int j, int seed) {
    int mixed = (i * 31 + j) * 0x9E3779B9 + seed * 0x85EBCA6B;
    return ((mixed ^ (mixed >>> 15)) * 0x2C1B3C6D >> 8) * 0x1p-23f;
  }

  private static void set(Matrix matrix, int i, int j, float value) {
    if (matrix.type() == ElementType.FLOAT32) {
      matrix.set(i, j, value);
    } else {
      long index = (long) i * matrix.stride() + j;
      matrix
          .memory()
          .setAtIndex(JAVA_SHORT, index, (short) (Float.floatToRawIntBits(value) >>> 16));
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void twoThreadsGetTheSameBits(Gemm library) throws Exception {
    Products products = new GemmProducts(library);
    try (Arena arena = Arena.ofShared();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (ElementType type : ElementType.values()) {
        if (products.takes(type)) {
          Matrix a = random(arena, type, 61, 77, 1);
          Matrix b = random(arena, type, 61, 77, 2);
          List<Future<float[]>> results = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            results.add(
                threads.submit(
                    () -> {
                      try (Arena own = Arena.ofConfined()) {
                        Matrix out = Matrix.in(own, 77, 77);
                        products.transposedTimes(a, b, 0, out);
                        return out.numbers().values();
                      }
                    }));
          }
          for (Future<float[]> result : results) {
            assertThat(result.get()).isEqualTo(results.getFirst().get());
          }
        }
      }
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    try (Arena arena = Arena.ofConfined()) {
      Matrix two = Matrix.in(arena, 2, 3);
      Products products = Products.here();
      assertThatThrownBy(() -> products.times(two, two, 0, two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TIMES of FLOAT32 2 x 3 and FLOAT32 2 x 3 into FLOAT32 2 x 3");
    }
  }
}
