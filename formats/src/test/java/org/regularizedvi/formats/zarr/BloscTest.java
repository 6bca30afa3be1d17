package org.regularizedvi.formats.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Chunks of Blosc byte by byte, and the two things in them that are ours to decode. */
class BloscTest {
  private static final HexFormat HEX = HexFormat.of();

  /** The examples in FastLZ's description of its format, and what level 2 adds. */
  @Test
  void blosclz() {
    assertThat(lz("02414243", 3)).isEqualTo("414243");
    assertThat(lz("0341424344" + "2002", 7)).isEqualTo("41424344424344");
    assertThat(lz("0061" + "4000", 5)).isEqualTo("61".repeat(5));
    assertThat(lz("014445" + "e00101", 12)).isEqualTo("4445".repeat(6));
    assertThat(lz("0061" + "e0ff0500", 270)).isEqualTo("61".repeat(1 + 9 + 255 + 5));
    String run = "1f" + "78".repeat(32);
    int far = 8191 + 0x0102;
    String start = "02010203" + run.repeat(300);
    String found = lz(start + "3fff0102", 3 + 9600 + 3);
    assertThat(found).startsWith("010203").endsWith("78".repeat(6));
    byte[] whole = HEX.parseHex(found);
    assertThat(whole[whole.length - 3]).isEqualTo(whole[whole.length - 3 - far - 1]);
    assertThat(lz("02010203" + run.repeat(264) + "3fff" + "0102", 3 + 8448 + 3))
        .endsWith("02037878".substring(0, 4) + "78");
  }

  @Test
  void damagedBlosclz() {
    for (String bytes :
        new String[] {
          "", "0241", "0061" + "4001", "0061" + "40", "0061" + "e0", "0061" + "e0ffff"
        }) {
      assertThatThrownBy(() -> lz(bytes, 5)).isInstanceOf(DamagedChunk.class);
    }
    assertThatThrownBy(() -> lz("0061" + "4000", 4)).isInstanceOf(DamagedChunk.class);
    assertThatThrownBy(() -> lz("0061" + "4000", 6)).isInstanceOf(DamagedChunk.class);
  }

  private static String lz(String hex, int size) {
    byte[] in = HEX.parseHex("ffff" + hex);
    byte[] out = new byte[size + 2];
    BloscLz.decode(in, 2, in.length - 2, out, 1, size);
    assertThat(out[0]).isZero();
    assertThat(out[size + 1]).isZero();
    return HEX.formatHex(out, 1, size + 1);
  }

  @Test
  void shuffledBytes() {
    for (int element : new int[] {2, 3, 4, 8, 16}) {
      byte[] plain = random(element * 37 + element / 2);
      byte[] shuffled = plain.clone();
      for (int i = 0; i < 37; i++) {
        for (int k = 0; k < element; k++) {
          shuffled[k * 37 + i] = plain[i * element + k];
        }
      }
      byte[] out = new byte[plain.length + 5];
      Shuffle.bytes(shuffled, shuffled.length, element, out, 5);
      assertThat(Arrays.copyOfRange(out, 5, out.length)).isEqualTo(plain);
    }
  }

  @Test
  void shuffledBits() {
    for (int element : new int[] {1, 2, 4, 5, 8}) {
      int n = 24;
      byte[] plain = random(element * n + element / 2);
      byte[] shuffled = plain.clone();
      Arrays.fill(shuffled, 0, element * n, (byte) 0);
      for (int i = 0; i < n; i++) {
        for (int bit = 0; bit < element * 8; bit++) {
          int value = plain[i * element + bit / 8] >> bit % 8 & 1;
          shuffled[bit * (n / 8) + i / 8] |= (byte) (value << i % 8);
        }
      }
      byte[] out = new byte[plain.length + 3];
      Shuffle.bits(shuffled, shuffled.length, element, out, 3);
      assertThat(Arrays.copyOfRange(out, 3, out.length)).isEqualTo(plain);
    }
    byte[] odd = random(44);
    byte[] out = new byte[44];
    Shuffle.bits(odd, 44, 4, out, 0);
    assertThat(out).as("11 elements are no eights, and stay").isEqualTo(odd);
  }

  private static byte[] random(int n) {
    byte[] bytes = new byte[n];
    new java.util.Random(n).nextBytes(bytes);
    return bytes;
  }

  @Test
  void blocksAndStreams() {
    byte[] plain = random(2 * 512 + 40);
    // Two blocks of 512 bytes in two streams each, and a last, short one in one.
    ByteBuffer chunk = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
    chunk.position(16 + 3 * 4);
    for (int block = 0; block < 3; block++) {
      chunk.putInt(16 + block * 4, chunk.position());
      int length = block < 2 ? 256 : 40;
      for (int i = 0; i < (block < 2 ? 2 : 1); i++) {
        chunk.putInt(length).put(plain, block * 512 + i * 256, length);
      }
    }
    byte[] encoded = headed(chunk, 0x20, 2, plain.length, 512);
    assertThat(new BloscCodec().decode(encoded, plain.length)).isEqualTo(plain);
    assertThat(new BloscCodec().decode(encoded, ByteCodec.UNKNOWN)).isEqualTo(plain);
    for (int length = 0; length < encoded.length; length += 7) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> new BloscCodec().decode(cut, plain.length))
          .isInstanceOf(DamagedChunk.class);
      if (length >= 16) {
        ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(12, length);
        assertThatThrownBy(() -> new BloscCodec().decode(cut, plain.length))
            .isInstanceOf(DamagedChunk.class);
      }
    }
  }

  @Test
  void copied() {
    byte[] plain = random(100);
    ByteBuffer chunk = ByteBuffer.allocate(116).order(ByteOrder.LITTLE_ENDIAN);
    chunk.position(16);
    chunk.put(plain);
    byte[] encoded = headed(chunk, 0x23, 4, 100, 100);
    assertThat(new BloscCodec().decode(encoded, 100)).isEqualTo(plain);
    assertThatThrownBy(() -> new BloscCodec().decode(encoded, 101))
        .isInstanceOf(DamagedChunk.class)
        .hasMessage("its head promises 100 bytes, expected 101");
  }

  @Test
  void headsThatCannotBe() {
    ByteBuffer empty = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    empty.position(40);
    assertThatThrownBy(() -> new BloscCodec().decode(headed(empty, 0x21, 4, 2_000_000_000, 64), -1))
        .isInstanceOf(DamagedChunk.class)
        .hasMessageContaining("cannot become 2,000,000,000");
    assertThatThrownBy(() -> new BloscCodec().decode(headed(empty, 0x21, 4, 64, 0), 64))
        .isInstanceOf(DamagedChunk.class);
    assertThatThrownBy(() -> new BloscCodec().decode(headed(empty, 0x21, 4, -1, 64), -1))
        .isInstanceOf(DamagedChunk.class);
    byte[] newer = headed(empty, 0x21, 4, 64, 64);
    newer[0] = 5;
    assertThatThrownBy(() -> new BloscCodec().decode(newer, 64))
        .isInstanceOf(DamagedChunk.class)
        .hasMessageContaining("version 5 of Blosc");
  }

  private static byte[] headed(ByteBuffer chunk, int flags, int element, int bytes, int block) {
    byte[] encoded = Arrays.copyOf(chunk.array(), chunk.position());
    ByteBuffer.wrap(encoded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 2)
        .put((byte) 1)
        .put((byte) flags)
        .put((byte) element)
        .putInt(bytes)
        .putInt(block)
        .putInt(encoded.length);
    return encoded;
  }
}
