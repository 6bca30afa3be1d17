package org.regularizedvi.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UpcomingTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesEachInItsOrder(boolean ahead) {
    ConcurrentLinkedQueue<Long> made = new ConcurrentLinkedQueue<>();
    List<Long> given = new ArrayList<>();
    try (Upcoming<Long> upcoming =
        new Upcoming<>(
            number -> {
              made.add(number);
              return number * number;
            },
            7,
            19,
            ahead)) {
      upcoming.forEachRemaining(given::add);
      assertThatThrownBy(upcoming::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(made).containsExactlyElementsOf(LongStream.range(7, 19).boxed().toList());
    assertThat(given).isEqualTo(LongStream.range(7, 19).map(n -> n * n).boxed().toList());
  }

  @Test
  void makesAsManyAheadAsMayWaitAndNoMore() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(1 + Upcoming.AHEAD);
    try (Upcoming<Integer> upcoming =
        new Upcoming<>(
            _ -> {
              three.countDown();
              return made.incrementAndGet();
            },
            0,
            100,
            true)) {
      assertThat(upcoming.next()).isEqualTo(1);
      assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(50);
      assertThat(made).hasValue(1 + Upcoming.AHEAD);
    }
  }

  /** Three numbers of which the second cannot be made. */
  private static Upcoming<Long> withoutTheSecond(boolean ahead) {
    return new Upcoming<>(
        number -> {
          if (number == 1) {
            throw new IllegalArgumentException("the second");
          }
          return number;
        },
        0,
        3,
        ahead);
  }

  @Test
  void whatIsThrownComesWhenItsTurnIs() {
    try (Upcoming<Long> upcoming = withoutTheSecond(true)) {
      assertThat(upcoming.next()).isZero();
      assertThatThrownBy(upcoming::next)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the second");
      assertThat(upcoming.next()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsLookedAtComesNextAndIsMadeOnce(boolean ahead) {
    ConcurrentLinkedQueue<Long> made = new ConcurrentLinkedQueue<>();
    try (Upcoming<Object> upcoming =
        new Upcoming<>(
            number -> {
              made.add(number);
              return new Object();
            },
            0,
            4,
            ahead)) {
      for (int i = 0; i < 4; i++) {
        Object seen = upcoming.peek();
        assertThat(upcoming.peek()).isSameAs(seen);
        assertThat(upcoming.next()).isSameAs(seen);
      }
      assertThatThrownBy(upcoming::peek).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(made).containsExactly(0L, 1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoLooksAtWhatCannotBeMadeIsTold(boolean ahead) {
    try (Upcoming<Long> upcoming = withoutTheSecond(ahead)) {
      assertThat(upcoming.next()).isZero();
      assertThatThrownBy(upcoming::peek).hasMessage("the second");
      assertThatThrownBy(upcoming::next).hasMessage("the second");
      assertThat(upcoming.peek()).isEqualTo(2);
      assertThat(upcoming.next()).isEqualTo(2);
    }
  }

  /** Whoever closes the file next must not close it for one who is reading. */
  @Test
  void closingWaitsForWhatIsBeingMade() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    Upcoming<Integer> upcoming =
        new Upcoming<>(
            _ -> {
              begun.incrementAndGet();
              try {
                Thread.sleep(30);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return ended.incrementAndGet();
            },
            0,
            10,
            true);
    upcoming.next();
    upcoming.close();
    assertThat(ended).hasValue(begun.get());
    assertThat(begun.get()).isLessThanOrEqualTo(1 + Upcoming.AHEAD);
  }

  @Test
  void whoIsInterruptedGetsItAndIsInterruptedStill() {
    try (Upcoming<Long> upcoming = new Upcoming<>(number -> number, 0, 2, true)) {
      Thread.currentThread().interrupt();
      assertThat(upcoming.next()).isZero();
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
