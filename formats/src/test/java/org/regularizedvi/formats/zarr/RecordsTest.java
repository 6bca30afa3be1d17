package org.regularizedvi.formats.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;

/** Records are read field by field, as the metadata of either version tell of them. */
class RecordsTest {
  @TempDir private Path folder;

  /** NumPy's descriptions: a gap without a name, several values in a field, either byte order. */
  @Test
  void version2() throws IOException {
    describe2(
        "[[\"a\", \">i2\"], [\"\", \"|V2\"], [\"many\", \"<f4\", [2]], [\"t\", \"<U2\"]]", "null");
    ByteBuffer chunk = ByteBuffer.allocate(2 * 20).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(new byte[] {1, 2, 9, 9}).putFloat(5).putFloat(6).putInt('x').putInt('é');
    chunk.put(new byte[] {0, 7, 9, 9}).putFloat(7).putFloat(8).putInt('y').putInt(0);
    Files.write(folder.resolve("0"), chunk.array());
    try (ZarrFile file = ZarrFile.open(folder);
        StoredArray records = file.array("/")) {
      assertThat(records.fields()).containsExactly("a", "many", "t");
      assertThat(records.field("a").longs()).containsExactly(0x102, 7, 0);
      assertThat(records.field("t").strings()).containsExactly("xé", "y", "");
      assertThat(records.field("many").type().describe()).isEqualTo("neither numbers nor text");
      assertThatThrownBy(() -> records.field("many").longs())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Field 'many' of '/' in ")
          .hasMessageContaining("should hold numbers, found neither numbers nor text");
      assertThatThrownBy(records::doubles).isInstanceOf(InputException.class);
    }
  }

  /** Objects of fields, as zarr-python writes them since 3.2; what is missing has their values. */
  @Test
  void version3() throws IOException {
    describe3(
        """
        {"name": "struct", "configuration": {"fields": [
          {"name": "t", "data_type": {"name": "null_terminated_bytes", "configuration": {"length_bytes": 3}}},
          {"name": "in", "data_type": {"name": "struct", "configuration": {"fields": [{"name": "x", "data_type": "int8"}]}}},
          {"name": "f", "data_type": "float32"}]}}
        """,
        "{\"t\": \"Yg==\", \"in\": {\"x\": 1}, \"f\": \"NaN\"}");
    ByteBuffer chunk = ByteBuffer.allocate(2 * 8).order(ByteOrder.LITTLE_ENDIAN);
    chunk
        .put(new byte[] {'a', 0, 0, 1})
        .putFloat(1.5f)
        .put(new byte[] {'b', 'c', 0, 1})
        .putFloat(2);
    Files.write(Files.createDirectory(folder.resolve("c")).resolve("0"), chunk.array());
    try (ZarrFile file = ZarrFile.open(folder);
        StoredArray records = file.array("/")) {
      assertThat(records.fields()).containsExactly("t", "in", "f");
      assertThat(records.field("t").strings()).containsExactly("a", "bc", "b");
      assertThat(records.field("f").doubles()).containsExactly(1.5, 2, Double.NaN);
      assertThat(records.field("in").type().describe()).isEqualTo("record");
    }
    // Lists of fields and bytes, as zarr-python 3.1 writes them.
    describe3(
        "{\"name\": \"structured\", \"configuration\": {\"fields\": [[\"a\", \"uint8\"], [\"b\", \"int8\"]]}}",
        "\"Bf8=\"");
    Files.delete(folder.resolve("c/0"));
    try (ZarrFile file = ZarrFile.open(folder);
        StoredArray records = file.array("/")) {
      assertThat(records.field("a").longs()).containsExactly(5, 5, 5);
      assertThat(records.field("b").longs()).containsExactly(-1, -1, -1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[]; null",
        "[[\"\", \"|V2\"]]; null",
        "[[\"a\", \"<i2\"], [\"a\", \"<i2\"]]; null",
        "[[\"a\"]]; null",
        "[\"a\", \"<i2\"]; null",
        "[[\"a\", \"|O\"], [1, \"<i2\"]]; null",
        "[[\"a\", \"<i2\", [-1]]]; null",
        "[[\"a\", \"<i2\"]]; \"AAAA\"",
        "[[\"a\", \"<i2\"]]; \"?\"",
        "[[\"a\", \"<U90000000\"], [\"b\", \"<U90000000\"], [\"c\", \"<U90000000\"], [\"d\", \"<U90000000\"], [\"e\", \"<U90000000\"], [\"f\", \"<U90000000\"]]; null"
      })
  void whatDescribesNoRecordsIsRefused(String dtype, String fill) throws IOException {
    describe2(dtype, fill);
    assertThatThrownBy(
            () -> {
              try (ZarrFile file = ZarrFile.open(folder);
                  StoredArray records = file.array("/")) {
                records.field(records.fields().getFirst()).longs();
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageMatching("'/?' in [^\\n]+ of its metadata; expected [^\\n]+\\.");
  }

  private void describe2(String dtype, String fill) throws IOException {
    Files.writeString(
        folder.resolve(".zarray"),
        """
        {"zarr_format": 2, "shape": [3], "chunks": [2], "order": "C", "filters": null,
         "compressor": null, "dtype": %s, "fill_value": %s}
        """
            .formatted(dtype, fill));
  }

  private void describe3(String type, String fill) throws IOException {
    Files.writeString(
        folder.resolve("zarr.json"),
        """
        {"zarr_format": 3, "node_type": "array", "shape": [3], "data_type": %s, "fill_value": %s,
         "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2]}},
         "chunk_key_encoding": {"name": "default"}, "codecs": ["bytes"]}
        """
            .formatted(type, fill));
  }
}
