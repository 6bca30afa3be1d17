package org.regularizedvi.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Known answers published with Random123 (kat_vectors): rounds, four counter words, four key words,
 * four answers.
 */
class ThreefryTest {
  @ParameterizedTest
  @CsvSource({
    "13, 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000, 531c7e4f 39491ee5 2c855a92 3d6abf9a",
    "13, ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff, c4189358 1c9cc83a d5881c67 6a0a89e0",
    "13, 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 082efa98 ec4e6c89, 4aa71d8f 734738c2 431fc6a8 ae6debf1",
    "20, 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000, 9c6ca96a e17eae66 fc10ecd4 5256a7d8",
    "20, ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff, 2a881696 57012287 f6c7446e a16a6732",
    "20, 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 082efa98 ec4e6c89, 59cd1dbb b8879579 86b5d00c ac8b6d84",
    "72, 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000, 93171da6 9220326d b392b7b1 ff58a002",
    "72, ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff, 60743f3d 9961e684 aab21c34 8c65fb7d",
    "72, 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 082efa98 ec4e6c89, 09930adf 7f27bd55 9ed68ce1 97f803f6",
  })
  void givesThePublishedWords(int rounds, String counterAndKey, String answer) {
    long[] in = pairs(counterAndKey);
    long[] expected = pairs(answer);
    assertThat(Threefry.pair(rounds, in[0], in[1], in[2], in[3], 0)).isEqualTo(expected[0]);
    assertThat(Threefry.pair(rounds, in[0], in[1], in[2], in[3], 1)).isEqualTo(expected[1]);
  }

  private static long[] pairs(String words) {
    String[] w = words.split(" ");
    long[] pairs = new long[w.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] =
          Threefry.pack(
              Integer.parseUnsignedInt(w[2 * i], 16), Integer.parseUnsignedInt(w[2 * i + 1], 16));
    }
    return pairs;
  }
}
