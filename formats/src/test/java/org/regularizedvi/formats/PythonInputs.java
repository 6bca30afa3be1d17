package org.regularizedvi.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** The files that anndata wrote for these tests, with what Python says is in them. */
public final class PythonInputs {
  private static final Path FOLDER = Path.of("target/python-inputs");
  private static ObjectNode expected;

  private PythonInputs() {}

  public static synchronized JsonNode expected() {
    if (expected == null) {
      PythonEnvironment.run("make_inputs.py", FOLDER);
      ObjectNode made = (ObjectNode) json(FOLDER.resolve("expected.json"));
      for (String version : new String[] {"0.6.22.post1", "0.7.8"}) {
        Path old = PythonEnvironment.installAlone("anndata==" + version);
        String name = "old_" + version;
        Path values = FOLDER.resolve(name + ".json");
        PythonEnvironment.runAlone("make_old_inputs.py", old, file(name), values);
        made.set(name, json(values));
      }
      expected = made;
    }
    return expected;
  }

  public static Path file(String name) {
    return FOLDER.resolve(name + ".h5ad");
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new AssertionError("Reading " + file, e);
    }
  }
}
