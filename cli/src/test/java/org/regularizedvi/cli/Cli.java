package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** The program run in this process. */
record Cli(int code, String out, String err) {
  static Cli run(Object... arguments) {
    String[] args = new String[arguments.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = arguments[i].toString();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.execute(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Cli(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Returns the sentence with which the program ended, whatever it warned of before. */
  String refusal() {
    if (code != 2 || !out.isEmpty()) {
      throw new AssertionError("Expected a refusal and exit code 2, got " + this);
    }
    return err.lines().toList().getLast().replaceFirst("^regularizedvi: ", "");
  }

  /** Returns the sentence with which the program refused, without its prefix. */
  String mistake() {
    if (code != 2 || !out.isEmpty() || err.lines().count() != 1) {
      throw new AssertionError("Expected one sentence and exit code 2, got " + this);
    }
    return err.strip().replaceFirst("^regularizedvi: ", "");
  }
}
