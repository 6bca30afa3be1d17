package org.regularizedvi.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.input.MemoryException;

class FloatMatrixTest {
  private static final int ROWS = 23;
  private static final int COLUMNS = 3;

  /** The entries of a matrix, each its place in row-major order but for a NaN. */
  private static float[] entries() {
    float[] entries = new float[ROWS * COLUMNS];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = i == 20 ? Float.NaN : i;
    }
    return entries;
  }

  /** The same entries in blocks, put in with three rows at a time. */
  private static FloatMatrix matrix(int rowsOfBlock) {
    FloatMatrix matrix = FloatMatrix.zeros(ROWS, COLUMNS, rowsOfBlock);
    for (int row = 0; row < ROWS; row += 4) {
      matrix.put(row, entries(), row * COLUMNS, Math.min(4, ROWS - row));
    }
    return matrix;
  }

  @ParameterizedTest
  @CsvSource({
    "2000000000, 128", // 0 as an int
    "50000000, 12800" // positive as an int, and much too small
  })
  void moreValuesThanTheHeapHoldsAreAMistake(int rows, int columns) {
    assertThatThrownBy(() -> FloatMatrix.zeros("z", rows, columns))
        .isInstanceOf(MemoryException.class)
        .hasMessageStartingWith(
            "z of %,d rows x %,d columns needs %,d MB; the JVM may take ",
            rows, columns, (long) rows * columns * 4 >> 20)
        .hasMessageEndingWith("-Xmx, or take fewer cells at a time.");
  }

  @Test
  void whatTheHeapHoldsIsNone() {
    assertThatCode(() -> FloatMatrix.requireRoom("z", 1_000_000, 10)).doesNotThrowAnyException();
    assertThat(FloatMatrix.zeros("z", 3, 4).values()).hasSize(12).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 22, 23, 24, Integer.MAX_VALUE})
  void entriesAreTheSameInBlocksOfAnySize(int rowsOfBlock) {
    FloatMatrix matrix = matrix(rowsOfBlock);
    FloatMatrix one = new FloatMatrix(ROWS, COLUMNS, entries());
    float[] row = new float[COLUMNS + 1];
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        assertThat(Float.valueOf(matrix.at(r, c))).isEqualTo(Float.valueOf(one.at(r, c)));
      }
      matrix.get(r, row, 1);
      assertThat(Arrays.copyOfRange(row, 1, row.length))
          .isEqualTo(Arrays.copyOfRange(entries(), r * COLUMNS, (r + 1) * COLUMNS));
    }
    assertThat(matrix.sameAs(one)).isTrue();
    assertThat(one.sameAs(matrix.copy())).isTrue();
    assertThat(matrix.rows(4, 19).sameAs(one.rows(4, 19))).isTrue();
    float[] joined = new float[ROWS * COLUMNS];
    int[] at = new int[1];
    matrix
        .blocks()
        .forEachOrdered(
            block -> {
              assertThat(block.length).isLessThanOrEqualTo(Math.min(rowsOfBlock, ROWS) * COLUMNS);
              System.arraycopy(block, 0, joined, at[0], block.length);
              at[0] += block.length;
            });
    assertThat(joined).isEqualTo(entries());
  }

  @Test
  void oneEntryMakesADifference() {
    FloatMatrix matrix = matrix(5);
    FloatMatrix other = matrix.copy();
    other.put(22, new float[] {66, 67, -68}, 0, 1);
    assertThat(matrix.sameAs(other)).isFalse();
    assertThat(matrix.sameAs(new FloatMatrix(COLUMNS, ROWS, entries()))).isFalse();
    assertThat(matrix(7).sameAs(other)).isFalse();
  }

  @Test
  void severalArraysAreNotOne() {
    assertThat(matrix(23).values()).isEqualTo(entries());
    assertThatThrownBy(() -> matrix(5).values())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A matrix of 23 x 3 has its values in 5 arrays");
  }

  @Test
  void anEmptyMatrixHasNoEntries() {
    assertThat(FloatMatrix.zeros("z", 0, 5).values()).isEmpty();
    assertThat(FloatMatrix.zeros("z", 5, 0).values()).isEmpty();
    assertThat(FloatMatrix.zeros(0, 5, 3).sameAs(new FloatMatrix(0, 5, new float[0]))).isTrue();
  }
}
