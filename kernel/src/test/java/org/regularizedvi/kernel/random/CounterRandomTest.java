package org.regularizedvi.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
  private static final long SEED = 0x0123456789ABCDEFL;

  @Test
  void scalarAndVectorDrawsHaveTheSameBits() {
    CounterRandom scalar = new CounterRandom(SEED, new ScalarDraws());
    CounterRandom vector = new CounterRandom(SEED, new VectorDraws());
    int n = 4096;
    float[] a = new float[n];
    float[] b = new float[n];
    for (long row : new long[] {0, 1, 77, (1L << 40) - 1}) {
      for (long step : new long[] {0, 5, (1L << 48) - 1}) {
        scalar.normals(3, step, row, 128, a, 0, n);
        vector.normals(3, step, row, 128, b, 0, n);
        assertThat(bits(b)).isEqualTo(bits(a));
        scalar.uniforms(4, step, row, 0, a, 0, n);
        vector.uniforms(4, step, row, 0, b, 0, n);
        assertThat(bits(b)).isEqualTo(bits(a));
      }
    }
  }

  @Test
  void anyRangeOfColumnsGivesTheSameNumbersAndWritesNothingElse() {
    CounterRandom random = new CounterRandom(SEED);
    float[] all = new float[640];
    float[] allUniform = new float[640];
    random.normals(1, 2, 3, 0, all, 0, 640);
    random.uniforms(1, 2, 3, 0, allUniform, 0, 640);
    for (int from : new int[] {0, 1, 15, 16, 63, 64, 65, 200}) {
      for (int count : new int[] {0, 1, 2, 17, 63, 64, 65, 127, 128, 300}) {
        float[] part = new float[count + 8];
        Arrays.fill(part, -99f);
        random.normals(1, 2, 3, from, part, 5, count);
        assertPart(part, all, from, count);
        Arrays.fill(part, -99f);
        random.uniforms(1, 2, 3, from, part, 5, count);
        assertPart(part, allUniform, from, count);
      }
    }
    for (int c = 0; c < 640; c++) {
      assertThat(random.uniform(1, 2, 3, c)).isEqualTo(allUniform[c]);
      assertThat((random.word(1, 2, 3, c) >>> 8) * 0x1p-24).isEqualTo(allUniform[c]);
    }
  }

  private static void assertPart(float[] part, float[] all, int from, int count) {
    assertThat(Arrays.copyOfRange(part, 5, 5 + count))
        .isEqualTo(Arrays.copyOfRange(all, from, from + count));
    assertThat(Arrays.copyOfRange(part, 0, 5)).containsOnly(-99f);
    assertThat(Arrays.copyOfRange(part, 5 + count, count + 8)).containsOnly(-99f);
  }

  @Test
  void normalsFollowTheBoxMullerFormula() {
    CounterRandom random = new CounterRandom(7);
    float[] z = new float[64 * 200];
    random.normals(9, 1, 1, 0, z, 0, z.length);
    for (int c = 0; c < z.length; c++) {
      int column0 = c & ~16; // the column of the radius
      double u = (random.word(9, 1, 1, column0) >>> 1) * 0x1p-31 + 0x1p-32;
      int w = random.word(9, 1, 1, column0 + 16);
      double phi = Math.PI / 2 * (w >> 1) * 0x1p-30;
      double r = Math.sqrt(-2 * Math.log(u));
      double cos = (w & 1) == 0 ? Math.cos(phi) : -Math.cos(phi);
      assertThat((double) z[c])
          .isCloseTo((c & 16) == 0 ? r * cos : r * Math.sin(phi), within(2e-6));
    }
  }

  @Test
  void extremeWordsGiveFiniteNormals() {
    int[] words = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE + 1, -2, 2};
    for (int w0 : words) {
      for (int w1 : words) {
        for (int which = 0; which < 2; which++) {
          assertThat(Math.abs(BoxMuller.normal(Threefry.pack(w0, w1), which))).isLessThan(6.67f);
        }
      }
    }
    assertThat(Math.abs(BoxMuller.normal(Threefry.pack(0, 0), 0)))
        .isCloseTo((float) Math.sqrt(64 * Math.log(2)), within(1e-5f));
  }

  @Test
  void everyPartOfThePositionMatters() {
    Set<Integer> seen = new HashSet<>();
    int draws = 0;
    for (long seed : new long[] {0, 1, 1L << 32, -1}) {
      CounterRandom random = new CounterRandom(seed);
      for (int purpose : new int[] {0, 1, 255}) {
        for (long step : new long[] {0, 1, 1L << 32, (1L << 48) - 1}) {
          for (long row : new long[] {0, 1, 1L << 32, (1L << 40) - 1}) {
            for (int column : new int[] {0, 1, 15, 16, 32, 48, 64, 1 << 30}) {
              seen.add(random.word(purpose, step, row, column));
              draws++;
            }
          }
        }
      }
    }
    assertThat(seen).hasSize(draws); // 1536 draws of 2^32: one repeat has probability 3e-4
  }

  @Test
  void positionsOutOfRangeAreRefused() {
    CounterRandom random = new CounterRandom(1);
    float[] out = new float[8];
    assertThatIllegalArgumentException().isThrownBy(() -> random.normals(256, 0, 0, 0, out, 0, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> random.normals(-1, 0, 0, 0, out, 0, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.uniforms(0, 1L << 48, 0, 0, out, 0, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> random.uniforms(0, -1, 0, 0, out, 0, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> random.uniform(0, 0, 1L << 40, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> random.uniform(0, 0, 0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> random.permutation(0, 0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.normals(0, 0, 0, Integer.MAX_VALUE - 65, out, 0, 8));
  }

  @Test
  void permutationsHoldEveryNumberOnceAndAreEquallyLikely() {
    CounterRandom random = new CounterRandom(5);
    int[] order = random.permutation(2, 0, 10_000);
    assertThat(order).isNotEqualTo(random.permutation(2, 1, 10_000));
    assertThat(order).isEqualTo(random.permutation(2, 0, 10_000));
    Arrays.sort(order);
    for (int i = 0; i < order.length; i++) {
      assertThat(order[i]).isEqualTo(i);
    }
    assertThat(random.permutation(2, 0, 0)).isEmpty();
    assertThat(random.permutation(2, 0, 1)).containsExactly(0);

    int trials = 48_000;
    int[] counts = new int[256];
    for (int step = 0; step < trials; step++) {
      int code = 0;
      for (int v : random.permutation(2, step, 4)) {
        code = code * 4 + v;
      }
      counts[code]++;
    }
    double expected = trials / 24.0;
    double chi2 = 0;
    int found = 0;
    for (int count : counts) {
      if (count > 0) {
        found++;
        chi2 += (count - expected) * (count - expected) / expected;
      }
    }
    assertThat(found).isEqualTo(24);
    assertThat(chi2).isLessThan(56); // 23 degrees of freedom: p = 1.4e-4
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
