package org.regularizedvi.formats.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.regularizedvi.input.InputException;

final class AllThreadsTest {
  private static final int TASKS = 1000;

  @Test
  void everyTaskIsDoneOnce() {
    AtomicIntegerArray done = new AtomicIntegerArray(TASKS);
    AllThreads.run(TASKS, () -> i -> done.incrementAndGet((int) i));
    for (int i = 0; i < TASKS; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  @RepeatedTest(20)
  void theFirstFailureIsToldWhicheverThreadWasQuicker() {
    assertThatThrownBy(
            () ->
                AllThreads.run(
                    TASKS,
                    () ->
                        i -> {
                          if (i >= 40) {
                            throw new InputException("task %d".formatted(i));
                          }
                        }))
        .isInstanceOf(InputException.class)
        .hasMessage("task 40");
  }
}
