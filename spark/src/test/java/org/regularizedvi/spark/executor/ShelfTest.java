package org.regularizedvi.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {
  @Test
  void keepsWhatIsUsedAndClosesTheRestWhenAnotherIsOpened() {
    List<String> closed = new ArrayList<>();
    Shelf<Integer, String> shelf = new Shelf<>(closed::add);
    Shelf.Lent<String> a = shelf.lend(1, () -> "a");
    Shelf.Lent<String> sameA = shelf.lend(1, () -> "another");
    assertThat(sameA.open()).isEqualTo("a");
    Shelf.Lent<String> b = shelf.lend(2, () -> "b");
    a.close();
    b.close();
    assertThat(closed).isEmpty();
    shelf.lend(3, () -> "c").close();
    assertThat(closed).containsExactly("b");
    sameA.close();
    shelf.lend(4, () -> "d").close();
    assertThat(closed).containsExactlyInAnyOrder("b", "a", "c");
  }
}
