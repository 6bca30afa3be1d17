package org.regularizedvi.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs scripts in copies of one Python process, which has imported the large packages: a process of
 * its own for each would import them each time, longer than most scripts take. It ends with this
 * process, when its input does.
 */
final class PythonHost {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Writer scripts;
  private final BufferedReader outcomes;

  /** Tells how a script ended, and what it printed. */
  record Outcome(int code, String text) {}

  /**
   * Starts the process.
   *
   * @param python the interpreter of an environment
   * @param host the script host.py
   */
  PythonHost(Path python, Path host) throws IOException {
    Process process =
        new ProcessBuilder(python.toString(), host.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    scripts = process.outputWriter(StandardCharsets.UTF_8);
    outcomes = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Runs a script to its end.
   *
   * @param command the script's path, and its arguments
   */
  synchronized Outcome run(List<String> command) throws IOException {
    scripts.write(JSON.writeValueAsString(command));
    scripts.write('\n');
    scripts.flush();
    String line = outcomes.readLine();
    if (line == null) {
      throw new IOException("The process that runs scripts ended at " + command);
    }
    JsonNode outcome = JSON.readTree(line);
    return new Outcome(outcome.get("code").asInt(), outcome.get("text").asText());
  }
}
