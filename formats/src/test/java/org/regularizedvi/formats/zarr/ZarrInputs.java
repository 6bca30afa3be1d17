package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.formats.PythonEnvironment;

/** The stores that zarr-python wrote for these tests, with what it says is in them. */
final class ZarrInputs {
  static final Path FOLDER = Path.of("target/python-zarr");
  private static JsonNode expected;

  private ZarrInputs() {}

  /** What an array holds: texts, or numbers in eight bytes each. */
  record Expected(String store, String path, long[] shape, String type, JsonNode json) {
    boolean text() {
      return type.equals("string");
    }

    boolean real() {
      return type.startsWith("float");
    }

    long[] bits() {
      try {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(json.get("values").textValue()));
        long[] bits = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(bits);
        return bits;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String[] texts() {
      String[] texts = new String[json.get("texts").size()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = json.get("texts").get(i).textValue();
      }
      return texts;
    }
  }

  static synchronized List<Expected> of(String store) {
    if (expected == null) {
      PythonEnvironment.run("make_zarr.py", FOLDER);
      try {
        expected = new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    List<Expected> found = new ArrayList<>();
    for (JsonNode each : expected) {
      if (each.get("store").textValue().equals(store)) {
        long[] shape = new long[each.get("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
          shape[axis] = each.get("shape").get(axis).longValue();
        }
        found.add(
            new Expected(
                store, each.get("path").textValue(), shape, each.get("type").textValue(), each));
      }
    }
    return found;
  }

  static Path file(String store) {
    of(store);
    return FOLDER.resolve(store);
  }
}
