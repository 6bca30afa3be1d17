package org.regularizedvi.formats.mudata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.regularizedvi.formats.PythonEnvironment;

/** The files that mudata wrote for these tests, with what Python says is in them. */
public final class MuDataInputs {
  private static final Path FOLDER = Path.of("target/mudata-inputs");
  private static boolean made;

  private MuDataInputs() {}

  /** Returns the content of a JSON file beside them. */
  static synchronized JsonNode json(String name) {
    if (!made) {
      PythonEnvironment.run("make_mudata.py", FOLDER);
      made = true;
    }
    Path file = FOLDER.resolve(name);
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new AssertionError("Reading " + file, e);
    }
  }

  static JsonNode expected() {
    return json("expected.json");
  }

  /** Returns a file; the name has its ending where that is not .h5mu. */
  public static Path file(String name) {
    expected();
    return FOLDER.resolve(name.contains(".") ? name : name + ".h5mu");
  }
}
