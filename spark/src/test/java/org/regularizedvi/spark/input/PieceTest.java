package org.regularizedvi.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PieceTest {
  @Test
  void beginAtWholeWindowsAndHoldEveryCellOnce() {
    int[] rows = IntStream.range(0, 3 * Windows.CELLS + 5).map(i -> 2 * i).toArray();
    for (int wanted : new int[] {1, 2, 3, 4, 100}) {
      List<Piece> pieces = Piece.of(rows, wanted);
      assertThat(pieces).hasSizeLessThanOrEqualTo(wanted);
      assertThat(pieces).allMatch(piece -> piece.first() % Windows.CELLS == 0);
      assertThat(pieces.stream().flatMapToInt(piece -> IntStream.of(piece.rows())).toArray())
          .isEqualTo(rows);
      assertThat(pieces).allMatch(piece -> piece.rows()[0] == 2 * piece.first());
    }
  }

  @Test
  void noneOfNoCells() {
    assertThat(Piece.of(new int[0], 3)).isEmpty();
  }
}
