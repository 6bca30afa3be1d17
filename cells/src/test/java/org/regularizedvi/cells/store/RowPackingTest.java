package org.regularizedvi.cells.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.SparseRows;

/** A row of counts takes the bytes that the format says, and comes back with its bits. */
class RowPackingTest {
  private static SparseRows row(int columns, int[] indices, float... values) {
    return new SparseRows(columns, new int[] {0, indices.length}, indices, values);
  }

  private static byte[] packed(SparseRows row) {
    ByteBuffer bytes = new RowEncoder().pack(row, 0);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static void requireSame(SparseRows row) throws Damage {
    int n = row.nonzeros();
    int[] indices = new int[n];
    float[] values = new float[n];
    new RowDecoder().unpack(ByteBuffer.wrap(packed(row)), n, row.columns(), indices, values, 0);
    assertThat(indices).isEqualTo(row.indices());
    for (int i = 0; i < n; i++) {
      assertThat(Float.floatToRawIntBits(values[i]))
          .isEqualTo(Float.floatToRawIntBits(row.values()[i]));
    }
  }

  @Test
  void oneByteHoldsAGapAndACount() {
    // Gaps of 5, 0 and 20 and counts of 1, 3 and 2: no gap needs 6 bits, no count 3 bits.
    assertThat(packed(row(100, new int[] {5, 6, 27}, 1, 3, 2)))
        .containsExactly(5, 5 << 3, 2, 20 << 3 | 1);
  }

  @Test
  void whatABitFieldCannotHoldIsAnEscape() {
    // Most counts want 7 bits for gaps, so the last two are escaped: a gap of 127 + 1 and a count.
    assertThat(packed(row(5000, new int[] {100, 201, 302, 431}, 1, 1, 1, 9)))
        .containsExactly(7, 100 << 1, (byte) (100 << 1), (byte) (100 << 1), (byte) 255, 1, 7);
  }

  @Test
  void noCountsAreNoBytes() {
    assertThat(packed(row(10, new int[0]))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        62,
        63,
        64,
        126,
        127,
        128,
        254,
        255,
        256,
        315,
        316,
        317,
        379,
        380,
        507,
        508,
        65_534,
        65_598,
        65_599,
        65_662,
        65_663,
        70_000,
        1 << 24,
        Integer.MAX_VALUE - 2
      })
  void gapsOfAnySizeComeBack(int gap) throws Damage {
    requireSame(row(Integer.MAX_VALUE, new int[] {gap}, 1));
    requireSame(row(Integer.MAX_VALUE, new int[] {gap}, 0.5f));
    if (gap < Integer.MAX_VALUE - 10) {
      requireSame(row(Integer.MAX_VALUE, new int[] {0, 1, 2, gap + 3}, 1, 200, 1, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        1,
        2,
        3,
        4,
        5,
        63,
        64,
        65,
        255,
        256,
        257,
        300,
        65_535,
        65_536,
        65_600,
        1 << 23,
        (1 << 23) + 1,
        1 << 24,
        1 << 30,
        2_147_483_520f,
        2_147_483_648f,
        3e9f,
        1e30f,
        0.5f,
        1.25f,
        0,
        -0.0f,
        -1,
        Float.MIN_VALUE,
        Float.NaN,
        Float.POSITIVE_INFINITY
      })
  void valuesOfAnySizeComeBack(float value) throws Damage {
    requireSame(row(10, new int[] {3}, value));
    requireSame(row(1000, new int[] {3, 4, 900, 901}, 1, value, 1, value));
    requireSame(row(4, new int[] {0, 1, 2, 3}, value, value, value, value));
  }

  @Test
  void columnsThatDoNotAscendAreABug() {
    assertThatThrownBy(() -> packed(row(10, new int[] {3, 3}, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A checksum can be right where what it is of was never packed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "05",
        "0028",
        "0928",
        "0528ff",
        "05",
        "04f0",
        "04f0ff00",
        "04f0fd01",
        "04f0fe000000",
        "04f0feffffffff",
        "04f0fefeffff7f",
        "040ffeffffff7f",
        "0490",
        "0800",
        "08000000",
        "08ff0000803f"
      })
  void bytesThatNoRowHasAreRefused(String hex) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> new RowDecoder().unpack(bytes, 1, 9, new int[1], new float[1], 0))
        .isInstanceOf(Damage.class);
  }
}
