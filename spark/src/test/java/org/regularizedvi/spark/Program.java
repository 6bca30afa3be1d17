package org.regularizedvi.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Main;
import org.regularizedvi.spark.command.SparkPrograms;

/** What a command said, of the program on one machine or of that for Spark. */
public record Program(int code, String out, String err) {
  public static Program onOneMachine(Object... arguments) {
    return run((args, out, err) -> Main.execute(args, out, err), arguments);
  }

  public static Program onSpark(Object... arguments) {
    Cluster.session();
    return run(
        (args, out, err) -> SparkPrograms.execute(args, new Console(out, err, false)), arguments);
  }

  private interface Body {
    int run(String[] args, PrintStream out, PrintStream err);
  }

  private static Program run(Body body, Object... arguments) {
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = body.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Program(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Returns this if it went well. */
  public Program well() {
    if (code != 0) {
      throw new AssertionError("Expected exit code 0, got " + this);
    }
    return this;
  }

  /** Returns the sentence with which the program refused, whatever it said before. */
  public String mistake() {
    if (code != 2 || !out.isEmpty()) {
      throw new AssertionError("Expected one sentence and exit code 2, got " + this);
    }
    return err.lines().toList().getLast().replaceFirst("^regularizedvi: ", "");
  }
}
