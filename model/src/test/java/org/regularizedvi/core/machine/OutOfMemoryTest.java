package org.regularizedvi.core.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is really thrown when memory runs out. */
final class OutOfMemoryTest {
  @Test
  void anArenaIsLargerThanTheMachine() {
    try (Arena arena = Arena.ofConfined()) {
      Throwable thrown = catchThrowable(() -> arena.allocate(1L << 46));
      assertThat(OutOfMemory.in(thrown)).as(String.valueOf(thrown)).contains(OutOfMemory.NATIVE);
    }
  }

  @Test
  void theHeapIsFull() {
    List<long[]> kept = new ArrayList<>();
    Throwable thrown =
        catchThrowable(
            () -> {
              while (true) {
                kept.add(new long[1 << 28]);
              }
            });
    kept.clear();
    assertThat(OutOfMemory.in(thrown)).as(String.valueOf(thrown)).contains(OutOfMemory.JAVA);
  }

  @Test
  void anythingElseIsSomethingElse() {
    assertThat(OutOfMemory.in(new IllegalStateException("A worker failed", new RuntimeException())))
        .isEmpty();
  }
}
