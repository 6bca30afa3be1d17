package org.regularizedvi.formats;

import java.nio.file.Path;
import org.regularizedvi.formats.mudata.MuDataInputs;

/** Files that Python wrote for these tests, by their whole names. */
public final class PythonFiles {
  private PythonFiles() {}

  public static Path file(String name) {
    if (name.endsWith(".h5mu")) {
      return MuDataInputs.file(name);
    }
    PythonInputs.expected();
    return PythonInputs.file(name.substring(0, name.lastIndexOf('.')));
  }
}
