package org.regularizedvi.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scores against scib-metrics and scikit-learn. */
class ScoresTest {
  private final Golden golden = new Golden();
  private final Points points = golden.points();
  private final int[] labels = golden.ints("labels");
  private final int[] batches = golden.ints("batches");

  private double expected(String score) {
    return golden.at("scores/" + score).doubleValue();
  }

  @Test
  void lisiIsThatOfScibMetrics() {
    Neighbours near =
        Neighbours.of(points, golden.at("scored_neighbours").intValue(), Golden.THREADS);
    assertThat(Lisi.mixing(near, batches)).isCloseTo(expected("ilisi"), within(1e-4));
    assertThat(Lisi.separation(near, batches)).isCloseTo(1 - expected("ilisi"), within(1e-4));
    assertThat(Lisi.separation(near, labels)).isCloseTo(expected("clisi"), within(1e-4));
  }

  @Test
  void batchesAtRandomMixAsByChance() {
    Random random = new Random(3);
    for (int[] of : new int[][] {{50, 50}, {90, 10}, {40, 30, 20, 10}, {10, 10, 10, 10, 10, 50}}) {
      int[] codes = IntStream.range(0, 4000).map(_ -> drawn(of, random.nextInt(100))).toArray();
      float[] values = new float[codes.length * 3];
      IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextGaussian());
      Neighbours near = Neighbours.of(new Points(codes.length, 3, values), 90, Golden.THREADS);
      assertThat(Lisi.mixing(near, codes)).isCloseTo(Lisi.mixingByChance(90, codes), within(0.05));
      assertThat(Lisi.separation(near, codes))
          .isCloseTo(Lisi.separationByChance(90, codes), within(0.05));
    }
  }

  private static int drawn(int[] shares, int percent) {
    int group = 0;
    for (int end = shares[0]; end <= percent; end += shares[group]) {
      group++;
    }
    return group;
  }

  @Test
  void silhouettesAreThoseOfScibMetrics() {
    assertThat(Silhouette.separation(points, labels, Golden.THREADS))
        .isCloseTo(expected("silhouette_label"), within(1e-5));
    assertThat(Silhouette.mixing(points, labels, batches, Golden.THREADS))
        .isCloseTo(expected("silhouette_batch"), within(1e-5));
  }

  @Test
  void agreementIsThatOfScikitLearn() {
    Agreement found = new Agreement(labels, golden.ints("leiden"));
    assertThat(found.adjustedRand()).isCloseTo(expected("ari"), within(1e-9));
    assertThat(found.normalisedInformation()).isCloseTo(expected("nmi"), within(1e-9));
  }

  @Test
  void oneGroupAgreesWithItself() {
    Agreement same = new Agreement(new int[4], new int[4]);
    assertThat(same.adjustedRand()).isEqualTo(1);
    assertThat(same.normalisedInformation()).isEqualTo(1);
  }

  @Test
  void labelsOfOneBatchDoNotCount() {
    int[] one = new int[labels.length];
    assertThat(Silhouette.mixing(points, labels, one, Golden.THREADS)).isNaN();
  }
}
