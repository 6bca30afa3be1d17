package org.regularizedvi.formats.tenx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.regularizedvi.formats.PythonEnvironment;

/** Files in the layouts of 10x Genomics, with what Python says is in them. */
public final class TenxInputs {
  private static final Path FOLDER = Path.of("target/tenx-inputs");
  private static boolean made;

  private TenxInputs() {}

  static synchronized JsonNode expected() {
    if (!made) {
      PythonEnvironment.run("make_tenx.py", FOLDER);
      made = true;
    }
    try {
      return new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new AssertionError("Reading what Python said", e);
    }
  }

  /** Returns a file or folder by its name. */
  public static Path at(String name) {
    expected();
    return FOLDER.resolve(name);
  }
}
