package org.regularizedvi.kernel.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TeamTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskIsDoneOnceInRunAfterRun(int threads) {
    try (Team team = new Team(threads)) {
      for (int run = 0; run < 2000; run++) {
        int tasks = run % 7;
        AtomicIntegerArray done = new AtomicIntegerArray(tasks);
        team.run(tasks, (_, task) -> done.incrementAndGet(task));
        for (int task = 0; task < tasks; task++) {
          assertThat(done.get(task)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void twoThreadsWorkAtOnceAndAreDifferentWorkers() {
    try (Team team = new Team(2)) {
      CountDownLatch both = new CountDownLatch(2);
      int[] workerOf = new int[2];
      team.run(
          2,
          (worker, task) -> {
            workerOf[task] = worker;
            both.countDown();
            await(both);
          });
      assertThat(workerOf).containsExactlyInAnyOrder(0, 1);
    }
  }

  @Test
  void whatATaskThrowsEndsTheRunAndNotTheTeam() {
    try (Team team = new Team(3)) {
      assertThatThrownBy(
              () ->
                  team.run(
                      100,
                      (_, task) -> {
                        if (task == 7) {
                          throw new IllegalArgumentException("seven");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("seven");
      AtomicIntegerArray done = new AtomicIntegerArray(5);
      team.run(5, (_, task) -> done.incrementAndGet(task));
      assertThat(done.toString()).isEqualTo("[1, 1, 1, 1, 1]");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
