package org.regularizedvi.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LzfTest {
  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static String decode(int... values) {
    return new String(Lzf.decode(bytes(values)), StandardCharsets.US_ASCII);
  }

  @Test
  void plainRun() {
    assertThat(decode(2, 'a', 'b', 'c')).isEqualTo("abc");
  }

  @Test
  void shortReferenceThatOverlapsItself() {
    // 1 plain byte, then 3 + 2 bytes from 1 back
    assertThat(decode(0, 'x', 3 << 5, 0, 0, 'y')).isEqualTo("xxxxxxy");
  }

  @Test
  void longReference() {
    // 2 plain bytes, then 7 + 4 + 2 bytes from 2 back
    assertThat(decode(1, 'a', 'b', 7 << 5, 4, 1)).isEqualTo("ab".repeat(7) + "a");
  }

  @Test
  void damagedChunksAreRefused() {
    assertThatThrownBy(() -> decode(5, 'a'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends within a run");
    assertThatThrownBy(() -> decode(0, 'a', 7 << 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends within a reference");
    assertThatThrownBy(() -> decode(0, 'a', 1 << 5, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before its start");
  }
}
