package org.regularizedvi.formats.zarr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.input.InputException;

/** Damaged stores are refused in one sentence that names file, path and what was expected. */
class DamagedZarrTest {
  @TempDir private Path folder;

  /** Copies one array of a store that zarr-python wrote into a store of its own. */
  private Path alone(String store, String array) throws IOException {
    Path from = ZarrInputs.file(store);
    Path to = folder.resolve(store);
    String root = store.startsWith("v2") ? ".zgroup" : "zarr.json";
    copy(from.resolve(array), to.resolve(array));
    for (Path at = Path.of(array).getParent(); at != null; at = at.getParent()) {
      Files.copy(from.resolve(at).resolve(root), to.resolve(at).resolve(root));
    }
    Files.copy(from.resolve(root), to.resolve(root));
    return to;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static void change(Path file, Consumer<byte[]> change) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    change.accept(bytes);
    Files.write(file, bytes);
  }

  private static void rewrite(Path file, UnaryOperator<String> change) throws IOException {
    String text = Files.readString(file);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);
  }

  private static String onOneLine(String json) {
    return json.replaceAll("\\s+", " ").replaceAll("\\[ ?", "[");
  }

  private static void refused(Path store, String array, String... words) {
    assertThatThrownBy(
            () -> {
              try (ZarrFile file = ZarrFile.open(store);
                  ZarrArray found = file.array(array)) {
                if (found.type().numeric()) {
                  found.doubles();
                } else {
                  found.strings();
                }
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(words)
        .hasMessageContainingAll("'" + array, store.toString())
        .hasMessageMatching("[^\\n]+\\.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v2.zarr:none",
        "v2.zarr:zstd_sum",
        "v2.zarr:gzip",
        "v2.zarr:zlib",
        "v2.zarr:lz4",
        "v2.zarr:blosc_lz4_1",
        "v2.zarr:blosc_zstd_2_blocks",
        "v2.zarr:blosc_zlib_0",
        "v2.zarr:blosc_blosclz_1_copied",
        "v3.zarr:zstd_crc32c",
        "v3.zarr:crc32c"
      })
  void aChunkThatIsCutOff(String which) throws IOException {
    String store = which.substring(0, 7);
    String array = "how/" + which.substring(8) + "/f4";
    Path copy = alone(store, array);
    String key = store.startsWith("v2") ? "1" : "c/1";
    Path chunk = copy.resolve(array).resolve(key);
    byte[] whole = Files.readAllBytes(chunk);
    for (int length : new int[] {whole.length - 1, whole.length / 2, 3, 0}) {
      Files.write(chunk, Arrays.copyOf(whole, length));
      refused(copy, array, "Chunk '%s' of '%s'".formatted(key, array), "is damaged: ");
    }
    if (!which.matches(".*(gzip|zlib)")) {
      Files.write(chunk, Arrays.copyOf(whole, whole.length + 1));
      refused(copy, array, "Chunk '%s' of '%s'".formatted(key, array), "is damaged: ");
    }
    Files.delete(chunk);
    try (ZarrFile file = ZarrFile.open(copy);
        ZarrArray found = file.array(array)) {
      assertThat(Arrays.copyOfRange(found.floats(), (int) found.chunk()[0], (int) found.shape()[0]))
          .as("a chunk that is missing holds the fill value")
          .containsOnly(0);
    }
  }

  @Test
  void textsThatAreCutOff() throws IOException {
    Path copy = alone("v2.zarr", "how/none/text");
    Path chunk = copy.resolve("how/none/text/0");
    byte[] whole = Files.readAllBytes(chunk);
    Files.write(chunk, Arrays.copyOf(whole, whole.length - 1));
    refused(copy, "how/none/text", "text 29 has", "where");
    change(chunk, bytes -> bytes[0]++);
    refused(copy, "how/none/text", "it holds 31 texts", "expected 30");
    Files.write(chunk, new byte[] {30, 0, 0, 0});
    refused(copy, "how/none/text", "it holds 30 texts in 4 bytes, expected 30");
  }

  @Test
  void wrongChecksums() throws IOException {
    Path copy = alone("v3.zarr", "how/crc32c/f4");
    change(copy.resolve("how/crc32c/f4/c/0"), bytes -> bytes[100] ^= 1);
    refused(copy, "how/crc32c/f4", "its CRC32C is ", " is stored");
  }

  @Test
  void wrongChecksumOfAFrame() throws IOException {
    Path copy = alone("v2.zarr", "how/zstd_sum/f4");
    change(copy.resolve("how/zstd_sum/f4/0"), bytes -> bytes[bytes.length - 1] ^= 1);
    refused(copy, "how/zstd_sum/f4", "it is no Zstandard");
  }

  @Test
  void damagedShards() throws IOException {
    String array = "shard/plain";
    Path copy = alone("v3.zarr", array);
    Path shard = copy.resolve(array + "/c/0/1");
    byte[] whole = Files.readAllBytes(shard);
    change(shard, bytes -> bytes[bytes.length - 20] ^= 1);
    refused(copy, array, "in the shard 'c/0/1' of 'shard/plain'", "its CRC32C is ");
    Files.write(shard, Arrays.copyOf(whole, 20));
    refused(copy, array, "20 bytes, too few for an index of 9 chunks");
  }

  @Test
  void anIndexThatLeadsOutOfItsShard() throws IOException {
    String array = "shard/start_GzipCodec_bare";
    Path copy = alone("v3.zarr", array);
    Path shard = copy.resolve(array + "/c/0/0");
    byte[] whole = Files.readAllBytes(shard);
    for (long[] wrong : new long[][] {{-1, 5}, {5, -1}, {Long.MAX_VALUE, 9}, {9, Long.MAX_VALUE}}) {
      byte[] changed = whole.clone();
      for (int i = 0; i < 2; i++) {
        ByteBuffer.wrap(changed).putLong(i * 8, Long.reverseBytes(wrong[i]));
      }
      Files.write(shard, changed);
      refused(copy, array, "the index of its shard puts it at byte ", "but the shard has ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"zstd\" > \"zfp\" > the codec 'zfp', which this program cannot decode",
        "\"float32\" > \"complex64\" > should hold text, found neither numbers nor text",
        "\"regular\" > \"rectilinear\" > 'chunk_grid'",
        "\"default\" > \"hilbert\" > 'chunk_key_encoding'",
        "\"separator\": \"/\" > \"separator\": \"../\" > 'separator'",
        "\"storage_transformers\": [] > \"storage_transformers\": [\"x\"] > 'storage_transformers'",
        "\"zarr_format\": 3 > \"zarr_format\": 4 > has 4 as 'zarr_format' of its metadata; expected 3",
        "\"zarr_format\": 3 > \"zarr_format\": 3, \"veil\": {} > 'veil'",
        "\"node_type\": \"array\" > \"node_type\": \"tree\" > 'node_type'",
        "\"bytes\" > \"vlen-utf8\" > by the codec 'vlen-utf8'; expected 'bytes'",
        "\"little\" > \"middle\" > 'endian'",
        "\"fill_value\": 0.0 > \"fill_value\": \"nought\" > 'fill_value'",
        "\"fill_value\": 0.0 > \"fill_value\": \"0x123\" > 'fill_value'",
        "\"shape\": [ > \"shape\": [-1, > 'shape'",
        "\"shape\": [ > \"shape\": [1.5, > 'shape'",
        "\"shape\": [ > \"shape\": [3, > expected a length above 0 for each axis",
        "\"chunk_shape\": [ > \"chunk_shape\": [0, > expected a length above 0 for each axis",
        "{ \"shape\" > { { \"shape\" > is no JSON",
        "{ \"shape\" > [ { \"shape\" > is no JSON"
      })
  void metadataThatCannotBe(String change) throws IOException {
    String[] parts = change.split(" > ");
    String array = "how/zstd/f4";
    Path copy = alone("v3.zarr", array);
    rewrite(
        copy.resolve(array + "/zarr.json"), text -> onOneLine(text).replace(parts[0], parts[1]));
    refused(copy, array, parts[2]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"<f4\" > \"<q4\" > found neither numbers nor text",
        "\"<f4\" > \"float32\" > 'dtype'",
        "\"id\": \"zstd\" > \"id\": \"bz2\" > the codec 'bz2', which this program cannot decode",
        "\"filters\": null > \"filters\": [{\"id\": \"delta\"}] > the codec 'delta'",
        "\"order\": \"C\" > \"order\": \"A\" > 'order'",
        "\"dimension_separator\": \".\" > \"dimension_separator\": \"/../\" > 'dimension_separator'",
        "\"zarr_format\": 2 > \"zarr_format\": 3 > 'zarr_format'"
      })
  void olderMetadataThatCannotBe(String change) throws IOException {
    String[] parts = change.split(" > ");
    String array = "how/zstd/f4";
    Path copy = alone("v2.zarr", array);
    rewrite(copy.resolve(array + "/.zarray"), text -> text.replace(parts[0], parts[1]));
    refused(copy, array, parts[2]);
  }

  @Test
  void shapesThatNobodyWrote() throws IOException {
    String array = "how/zstd/f4";
    Path copy = alone("v2.zarr", array);
    Path metadata = copy.resolve(array + "/.zarray");
    String whole = Files.readString(metadata);
    for (String shape : new String[] {"9000000000000000000", "3000000000"}) {
      Files.writeString(metadata, whole.replace("9011", shape));
      refused(copy, array, "at most 2,147,483,639 can be read at once");
    }
    Files.writeString(metadata, whole.replace("9011", "99999999999999999999"));
    refused(copy, array, "'shape'");
    Files.writeString(metadata, whole.replace("6007", "60070000"));
    refused(copy, array, "cannot become");
    Files.writeString(metadata, whole.replace("6007", "9000000000000000000"));
    refused(copy, array, "A chunk of ");
    Files.writeString(metadata, whole.replace("9011", "2000000").replace("6007", "1"));
    Files.delete(copy.resolve(array + "/0"));
    Files.delete(copy.resolve(array + "/1"));
    refused(copy, array, "lacks more than 131,072 of its chunks");
  }

  @Test
  void nothingOutsideIsRead() throws IOException {
    Path copy = alone("v3.zarr", "cube");
    Path outside = folder.resolve("outside.zarr");
    copy(copy, outside);
    Files.createSymbolicLink(copy.resolve("linked"), outside.resolve("cube"));
    Files.createSymbolicLink(copy.resolve("own"), copy.resolve("cube"));
    try (ZarrFile file = ZarrFile.open(copy)) {
      assertThat(file.exists("../outside.zarr/cube")).isFalse();
      assertThat(file.exists("cube/../cube")).isFalse();
      assertThat(file.exists("./cube")).isFalse();
      assertThat(file.exists(outside.resolve("cube").toString())).isFalse();
      assertThat(file.exists("cube\u0000")).isFalse();
      assertThat(file.ints("own")).isEqualTo(file.ints("cube"));
    }
    refused(copy, "linked", "is a link out of the folder, which is not followed");
    Path chunk = copy.resolve("cube/c/0/0/0");
    Files.delete(chunk);
    Files.createSymbolicLink(chunk, outside.resolve("cube/c/0/0/0"));
    refused(copy, "cube", "'cube/c/0/0/0'", "is a link out of the folder");
  }

  @Test
  void whatIsNoFileIsNoChunk() throws IOException {
    Path copy = alone("v3.zarr", "cube");
    Path chunk = copy.resolve("cube/c/0/0/0");
    Files.delete(chunk);
    Files.createDirectory(chunk);
    try (ZarrFile file = ZarrFile.open(copy)) {
      assertThat(file.ints("cube")[0]).isZero();
    }
  }

  @Test
  void consolidatedMetadataIsNotBelieved() throws IOException {
    for (String store : new String[] {"v2.zarr", "v3.zarr"}) {
      Path copy = alone(store, "cube");
      if (store.startsWith("v2")) {
        Files.copy(ZarrInputs.file(store).resolve(".zmetadata"), copy.resolve(".zmetadata"));
      }
      try (ZarrFile file = ZarrFile.open(copy)) {
        assertThat(file.children("/")).containsExactly("cube");
        assertThat(file.exists("scalar")).isFalse();
      }
    }
  }

  @Test
  void whatIsNoStore() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty.zarr"));
    assertThatThrownBy(() -> ZarrFile.open(empty))
        .isInstanceOf(InputException.class)
        .hasMessage(
            empty + " is no Zarr store: expected zarr.json, .zgroup or .zarray at its top.");
    Path text = Files.writeString(folder.resolve("text.zarr"), "Not a zip file, but some text.");
    assertThatThrownBy(() -> ZarrFile.open(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(text + " cannot be read as a Zarr store, a folder or zip file: ");
    assertThatThrownBy(() -> ZarrFile.open(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("There is no file or folder ");
  }

  @Test
  void damagedZipFiles() throws IOException {
    byte[] whole = Files.readAllBytes(ZarrInputs.file("v3.zarr.zip"));
    Path cut = Files.write(folder.resolve("cut.zarr.zip"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> ZarrFile.open(cut))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be read as a Zarr store");
    Path file = folder.resolve("flipped.zarr.zip");
    String key = "a/b/values/c/0/0";
    byte[] name = key.getBytes(UTF_8);
    byte[] flipped = whole.clone();
    int at = 0;
    while (!Arrays.equals(whole, at, at + name.length, name, 0, name.length)) {
      at++;
    }
    flipped[at + name.length + 3] ^= 1;
    Files.write(file, flipped);
    refused(file, "a/b/values", "Reading Chunk 'c/0/0' of ", "has the checksum ");
  }
}
