package org.regularizedvi.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.input.InputException;

final class SafetensorsTest {
  @TempDir Path dir;

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = write();
    SequencedMap<String, Safetensors.Entry> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("a \"b\" é", "empty", "scalar");
    assertThat(read.get("a \"b\" é").shape()).containsExactly(2, 3);
    assertThat(read.get("a \"b\" é").values()).containsExactly(1, 2, 3, 4, 5, Float.MIN_VALUE);
    assertThat(read.get("scalar").values()).containsExactly(7);
  }

  /** The layout of the format's own description, byte by byte. */
  @Test
  void headerIsWhereTheFormatSaysItIs() throws IOException {
    byte[] bytes = Files.readAllBytes(write());
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String json = new String(bytes, 8, (int) header, StandardCharsets.UTF_8);
    assertThat(header % 8).isZero();
    assertThat(json)
        .startsWith(
            "{\"a \\\"b\\\" é\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}");
    assertThat(bytes).hasSize((int) (8 + header + 28));
  }

  @Test
  void refusesDamage() throws IOException {
    byte[] whole = Files.readAllBytes(write());
    refused(Arrays.copyOf(whole, 5), "header");
    refused(Arrays.copyOf(whole, whole.length - 1), "does not fit");
    byte[] hugeHeader = whole.clone();
    hugeHeader[6] = 1;
    refused(hugeHeader, "header");
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    refused(text.replace("[2,3]", "[9,9]").getBytes(StandardCharsets.ISO_8859_1), "does not fit");
    refused(text.replace("[2,3]", "[-2," + "3").getBytes(StandardCharsets.ISO_8859_1), "");
    refused(text.replaceFirst("F32", "F16").getBytes(StandardCharsets.ISO_8859_1), "not float32");
  }

  private void refused(byte[] bytes, String why) throws IOException {
    Path file = dir.resolve("damaged");
    Files.write(file, bytes);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOfAny(
            InputException.class, com.fasterxml.jackson.core.JsonProcessingException.class)
        .hasMessageContaining(why);
  }

  private Path write() throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    tensors.put(
        "a \"b\" é",
        new Safetensors.Entry(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, Float.MIN_VALUE}));
    tensors.put("empty", new Safetensors.Entry(new long[] {0, 4}, new float[0]));
    tensors.put("scalar", new Safetensors.Entry(new long[0], new float[] {7}));
    Path file = dir.resolve("tensors");
    Files.deleteIfExists(file);
    Safetensors.write(file, tensors);
    return file;
  }
}
