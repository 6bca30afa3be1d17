package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/**
 * The package in the folder python, installed as users install it, gives from Python what the
 * program gives; its own tests say what, and run here on the program as these sources have it.
 */
@DisabledOnOs(OS.WINDOWS)
class PythonPackageTest {
  @TempDir Path folder;

  @Test
  void itsTestsPass() throws Exception {
    // Some forty runs, all of them short.
    Sandbox sandbox = Sandbox.withProgram(folder).forShortRuns();
    Map<String, String> environment = new HashMap<>();
    environment.put("REGULARIZEDVI", sandbox.root.resolve("regularizedvi").toString());
    environment.put("JAVA_HOME", sandbox.environment.get("JAVA_HOME"));
    environment.put("JAVA_OPTS", sandbox.environment.get("JAVA_OPTS"));
    PythonEnvironment.testPackage(Path.of("..", "python"), environment);
  }
}
