package org.regularizedvi.maps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;

/** Numbers that Python packages made: see src/test/python/make_golden.py. */
final class Golden {
  static final Threads THREADS = new Threads(2);

  private final JsonNode root;

  Golden() {
    try (InputStream in = Golden.class.getResourceAsStream("golden.json")) {
      root = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode at(String path) {
    return root.at("/" + path);
  }

  Points points() {
    float[] values = floats("points");
    int columns = at("columns").intValue();
    return new Points(values.length / columns, columns, values);
  }

  int[] ints(String path) {
    return StreamSupport.stream(at(path).spliterator(), false)
        .mapToInt(JsonNode::intValue)
        .toArray();
  }

  float[] floats(String path) {
    float[] values = new float[at(path).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) at(path).get(i).doubleValue();
    }
    return values;
  }
}
