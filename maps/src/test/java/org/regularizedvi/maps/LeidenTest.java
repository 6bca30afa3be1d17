package org.regularizedvi.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Clusters against those of leidenalg on the same graph. */
class LeidenTest {
  private final Golden golden = new Golden();
  private final Graph graph = Connectivities.of(Neighbours.of(golden.points(), 15, Golden.THREADS));

  @Test
  void areAsGoodAsThoseOfLeidenalg() {
    int[] theirs = golden.ints("leiden");
    double quality = golden.at("modularity").doubleValue();
    assertThat(Leiden.modularity(graph, theirs, 1)).isCloseTo(quality, within(1e-6));
    // Those of two of its seeds are not the same either.
    double alike = golden.at("agreement_of_seeds").doubleValue();
    for (long seed = 0; seed < 3; seed++) {
      int[] ours = Leiden.of(graph, 1, seed);
      assertThat(Leiden.modularity(graph, ours, 1)).isGreaterThan(quality - 0.002);
      assertThat(new Agreement(ours, theirs).adjustedRand()).isGreaterThan(alike - 0.1);
    }
  }

  @Test
  void areNumberedFromTheLargestAndTheSameForOneSeed() {
    int[] clusters = Leiden.of(graph, 1, 3);
    int[] sizes = new int[Arrays.stream(clusters).max().orElseThrow() + 1];
    for (int cluster : clusters) {
      sizes[cluster]++;
    }
    for (int c = 1; c < sizes.length; c++) {
      assertThat(sizes[c]).isBetween(1, sizes[c - 1]);
    }
    assertThat(Leiden.of(graph, 1, 3)).isEqualTo(clusters);
  }

  @Test
  void areMoreAtAHigherResolution() {
    int few = Arrays.stream(Leiden.of(graph, 0.3, 0)).max().orElseThrow();
    int many = Arrays.stream(Leiden.of(graph, 3, 0)).max().orElseThrow();
    assertThat(many).isGreaterThan(few + 3);
  }
}
