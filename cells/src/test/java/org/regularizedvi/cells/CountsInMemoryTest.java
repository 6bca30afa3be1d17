package org.regularizedvi.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountsInMemoryTest {
  private static final SparseRows WHOLE =
      new SparseRows(
          4, new int[] {0, 2, 2, 3, 5}, new int[] {0, 3, 1, 0, 2}, new float[] {1, 2, 3, 4, 5});

  private static CountsInMemory inBlocks() {
    SparseRows none = new SparseRows(4, new int[] {0}, new int[0], new float[0]);
    SparseRows two = new SparseRows(4, new int[] {0, 2, 2}, new int[] {0, 3}, new float[] {1, 2});
    SparseRows rest =
        new SparseRows(4, new int[] {0, 1, 3}, new int[] {1, 0, 2}, new float[] {3, 4, 5});
    return new CountsInMemory(4, List.of(none, two, none, rest), false, 0);
  }

  @Test
  void gathersRowsInTheOrderGivenAcrossBlocks() {
    SparseRows got = inBlocks().gather(new int[] {3, 0, 1, 3});
    assertThat(got.indptr()).containsExactly(0, 2, 4, 4, 6);
    assertThat(got.indices()).containsExactly(0, 2, 0, 3, 0, 2);
    assertThat(got.values()).containsExactly(4, 5, 1, 2, 4, 5);
  }

  @Test
  void slicesEqualTheMatrixWithoutBlocks() {
    SparseRows got = inBlocks().slice(0, 4);
    assertThat(got.indptr()).isEqualTo(WHOLE.indptr());
    assertThat(got.indices()).isEqualTo(WHOLE.indices());
    assertThat(got.values()).isEqualTo(WHOLE.values());
  }

  @Test
  void viewInAnotherOrderEqualsACopyInThatOrder() {
    CountsInMemory view = inBlocks().inOrder(new int[] {3, -1, 0, 3}).inOrder(new int[] {2, 1, 0});
    SparseRows copy = WHOLE.pick(new int[] {0, -1, 3});
    assertThat(copy.indptr()).containsExactly(0, 2, 2, 4);
    assertThat(copy.indices()).containsExactly(0, 3, 0, 2);
    assertThat(copy.values()).containsExactly(1, 2, 4, 5);
    assertThat(view.digest()).isEqualTo(CountsInMemory.of(copy).digest());
    assertThat(view.rows()).isEqualTo(3);
    assertThat(view.nonzeros()).isEqualTo(4);
    assertThat(view.totals(new int[] {0, 1, 2})).containsExactly(3, 0, 9);
    assertThat(view.gather(new int[] {2, 1}).values()).containsExactly(4, 5);
    assertThat(SparseRows.join(4, view.blocks().toList()).indptr()).isEqualTo(copy.indptr());
    assertThatThrownBy(() -> view.gather(new int[] {3}))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("row 3 of a matrix with 3");
  }

  @Test
  void totalsAndSizesCountEveryBlock() {
    assertThat(inBlocks().totals(new int[] {0, 1, 2, 3})).containsExactly(3, 0, 3, 9);
    assertThat(inBlocks().totals(new int[] {3, 0, 3})).containsExactly(9, 3, 9);
    assertThat(inBlocks().nonzeros()).isEqualTo(5);
    assertThat(inBlocks().rows()).isEqualTo(4);
  }

  @Test
  void digestDependsOnContentAndNotOnBlocks() {
    String whole = CountsInMemory.of(WHOLE).digest();
    assertThat(inBlocks().digest()).isEqualTo(whole).hasSize(64);
    SparseRows moved = new SparseRows(4, WHOLE.indptr(), new int[] {0, 3, 1, 0, 3}, WHOLE.values());
    assertThat(CountsInMemory.of(moved).digest()).isNotEqualTo(whole);
    SparseRows wider = new SparseRows(5, WHOLE.indptr(), WHOLE.indices(), WHOLE.values());
    assertThat(CountsInMemory.of(wider).digest()).isNotEqualTo(whole);
  }

  @Test
  void fractionsAreNoticed() {
    assertThat(CountsInMemory.of(WHOLE).fractional()).isFalse();
    SparseRows half = new SparseRows(1, new int[] {0, 1}, new int[] {0}, new float[] {0.5f});
    assertThat(CountsInMemory.of(half).fractional()).isTrue();
  }

  @Test
  void rowsOutsideAreRefused() {
    assertThatThrownBy(() -> inBlocks().gather(new int[] {4}))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("row 4 of a matrix with 4");
  }
}
