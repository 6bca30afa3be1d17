package org.regularizedvi.formats.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockRowsTest {
  private static final BlockRows SMALL = new BlockRows(100, 1000);

  @Test
  void blocksAreOfWholeChunks() {
    assertThat(SMALL.of(10_000, 4, 1)).isEqualTo(25);
    assertThat(SMALL.of(10_000, 4, 10)).isEqualTo(20);
    assertThat(SMALL.of(10_000, 4, 60)).isEqualTo(60);
  }

  @Test
  void noBlockHasMoreRowsThanTheMatrixOrNone() {
    assertThat(SMALL.of(7, 4, 10)).isEqualTo(7);
    assertThat(SMALL.of(0, 4, 10)).isEqualTo(1);
    assertThat(SMALL.of(7, 0, 1)).isEqualTo(7);
    assertThat(SMALL.of(7, 5000, 3)).isEqualTo(1);
  }

  @Test
  void largeChunksAreReadInParts() {
    assertThat(SMALL.of(10_000, 4, 300)).isEqualTo(250);
    assertThat(SMALL.of(10_000, 4, Long.MAX_VALUE)).isEqualTo(250);
  }

  @Test
  void noBlockOfAFileHasMoreValuesThanAnArray() {
    int rows = Integer.MAX_VALUE;
    for (int width : new int[] {1, 2_000, 36_000, rows - 8}) {
      for (long chunk : new long[] {1, 1_000_000, 1L << 31, 1L << 40}) {
        long values = (long) BlockRows.DEFAULT.of(rows, width, chunk) * width;
        assertThat(values).isBetween(1L, Integer.MAX_VALUE - 8L);
      }
    }
  }
}
