package org.regularizedvi.spark.command;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Mistakes;
import org.regularizedvi.cli.Program;
import org.regularizedvi.input.InputException;
import picocli.CommandLine;

/** Runs the commands. */
public final class SparkPrograms {
  private SparkPrograms() {}

  /**
   * Runs a command.
   *
   * @param args the command and its options
   * @param console takes what it says
   * @return the exit code: 0, 1 for a bug of ours, 2 for a user's mistake
   */
  public static int execute(String[] args, Console console) {
    SequencedMap<String, Object> commands = new LinkedHashMap<>();
    commands.put("embed", new EmbedCommand(console));
    commands.put("expression", new ExpressionCommand(console));
    commands.put("correct", new CorrectCommand(console));
    commands.put("evaluate", new EvaluateCommand(console));
    CommandLine line =
        Program.of(new SparkRoot(console), commands, console)
            .setExecutionExceptionHandler((e, _, _) -> Mistakes.report(mistake(e), console));
    return line.execute(args);
  }

  /** {@return the user's mistake that a process met and Spark tells about, else what was thrown} */
  private static Throwable mistake(Throwable thrown) {
    return Stream.iterate(thrown, own -> own != null, Throwable::getCause)
        .filter(InputException.class::isInstance)
        .findFirst()
        .orElse(thrown);
  }

  /** {@return the session of a command} */
  static SparkSession session(String command) {
    return SparkSession.builder().appName("regularizedvi " + command).getOrCreate();
  }
}
