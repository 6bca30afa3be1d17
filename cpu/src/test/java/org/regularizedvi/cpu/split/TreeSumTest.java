package org.regularizedvi.cpu.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.ThreadPeers;
import org.regularizedvi.kernel.threads.Team;

/** Sums of floats whose bits depend on the order of additions. */
class TreeSumTest {
  private static final int RUNS = 50;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 13, 39, 100})
  void bitsAreThoseOfTheTree(int leaves) {
    float expected = tree(0, leaves);
    for (int threads : new int[] {1, 2, 3, 5}) {
      try (Team team = new Team(threads)) {
        for (int run = 0; run < RUNS; run++) {
          AtomicInteger alive = new AtomicInteger();
          AtomicInteger most = new AtomicInteger();
          TreeSum<float[]> sum =
              new TreeSum<>(
                  TreeShape.alone(leaves),
                  0,
                  (more, into) -> {
                    into[0] += more[0];
                    more[0] = Float.NaN;
                    alive.decrementAndGet();
                  });
          team.run(
              leaves,
              (_, leaf) -> {
                most.accumulateAndGet(alive.incrementAndGet(), Math::max);
                sum.put(leaf, new float[] {value(leaf)});
              });
          assertThat(sum.total()[0]).isEqualTo(expected);
          int levels = 32 - Integer.numberOfLeadingZeros(leaves - 1);
          assertThat(most.get()).as("sums alive").isLessThanOrEqualTo(2 * threads * (levels + 1));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 21})
  void anyOrderGivesTheSameBits(int leaves) {
    float expected = tree(0, leaves);
    for (int shift = 0; shift < leaves; shift++) {
      TreeSum<float[]> sum = sum(TreeShape.alone(leaves), 0);
      int from = shift;
      IntStream.range(0, leaves)
          .map(i -> (i * 5 + from) % leaves)
          .distinct()
          .forEach(leaf -> sum.put(leaf, new float[] {value(leaf)}));
      assertThat(sum.total()[0]).isEqualTo(expected);
    }
  }

  /** Whoever has which leaves, and wherever each begins and ends. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 13, 40})
  void sumsOfSeveralWorkersAddUpToTheSameBits(int leaves) {
    float expected = tree(0, leaves);
    for (int owners : new int[] {1, 2, 3, 5, 7}) {
      for (int rounds : new int[] {1, 2}) {
        TreeShape shape = new TreeShape(dealt(leaves, owners, rounds));
        TreeSum<float[]> whole = sum(TreeShape.alone(leaves), 0);
        int roots = 0;
        for (int owner = 0; owner < owners; owner++) {
          TreeSum<float[]> own = sum(shape, owner);
          for (int leaf = 0; leaf < leaves; leaf++) {
            if (shape.owners()[leaf] == owner) {
              own.put(leaf, new float[] {value(leaf)});
            }
          }
          List<TreeShape.Node> nodes = shape.roots(owner);
          assertThat(own.roots()).hasSameSizeAs(nodes).doesNotContainNull();
          for (int r = 0; r < nodes.size(); r++) {
            whole.put(nodes.get(r), own.roots().get(r));
          }
          roots += nodes.size();
        }
        assertThat(whole.total()[0]).isEqualTo(expected);
        int levels = 32 - Integer.numberOfLeadingZeros(leaves - 1);
        assertThat(roots).as("sums sent").isLessThanOrEqualTo(rounds * owners * 2 * (levels + 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 13, 39, 40, 196})
  void powersOfTwoWorkersHaveOneSumEach(int leaves) {
    for (int ranks : new int[] {1, 2, 4, 8}) {
      List<Peers> peers = ThreadPeers.of(ranks);
      try (Workers workers = new Workers(1);
          Split split = new Split(peers.getFirst(), workers)) {
        TreeShape shape = new TreeShape(split.owners(leaves));
        for (int rank = 0; rank < ranks; rank++) {
          assertThat(shape.roots(rank)).as("%d of %d", rank, ranks).hasSize(1);
        }
      }
    }
  }

  /** Deals leaves out in runs, all of the owners in turn so many times. */
  private static int[] dealt(int leaves, int owners, int rounds) {
    return IntStream.range(0, leaves)
        .map(leaf -> leaf * owners * rounds / leaves % owners)
        .toArray();
  }

  private static TreeSum<float[]> sum(TreeShape shape, int owner) {
    return new TreeSum<>(shape, owner, (more, into) -> into[0] += more[0]);
  }

  private static float value(int leaf) {
    return (float) Math.sin(leaf + 1) * (leaf % 3 == 0 ? 1e4f : 1e-3f);
  }

  /** The sum of leaves from one on, up to another. */
  private static float tree(int first, int end) {
    int middle = first + (end - first + 1) / 2;
    return end - first == 1 ? value(first) : tree(first, middle) + tree(middle, end);
  }
}
