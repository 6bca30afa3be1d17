package org.regularizedvi.cpu.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.ThreadPeers;

final class SplitTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 9, 13, 39, 40, 196, 1000})
  void everyThingIsDealtOutAboutEvenly(int things) {
    for (int ranks = 1; ranks <= 17; ranks++) {
      try (Workers workers = new Workers(1);
          Split split = new Split(ThreadPeers.of(ranks).getFirst(), workers)) {
        int[] bounds = split.bounds(things);
        assertThat(bounds).hasSize(ranks + 1).startsWith(0).endsWith(things).isSorted();
        int most = 0;
        for (int rank = 0; rank < ranks; rank++) {
          most = Math.max(most, bounds[rank + 1] - bounds[rank]);
        }
        assertThat(most).as("%d workers", ranks).isEqualTo(Math.ceilDiv(things, ranks));
        int[] owners = split.owners(things);
        assertThat(owners).hasSize(things).isSorted();
        assertThat(Arrays.stream(owners).boxed().toList())
            .containsExactlyElementsOf(
                IntStream.range(0, ranks)
                    .flatMap(rank -> IntStream.range(bounds[rank], bounds[rank + 1]).map(_ -> rank))
                    .boxed()
                    .toList());
      }
    }
  }
}
