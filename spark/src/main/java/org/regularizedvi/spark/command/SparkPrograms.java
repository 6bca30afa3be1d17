package org.regularizedvi.spark.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Mistakes;
import org.regularizedvi.cli.Program;
import org.regularizedvi.cli.options.ConfigFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.spark.question.OptionTexts;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs the commands. */
public final class SparkPrograms {
  private static final String TRAIN = "train";

  private SparkPrograms() {}

  /**
   * Runs a command.
   *
   * @param args the command and its options
   * @param console takes what it says
   * @return the exit code: 0, 1 for a bug of ours, 2 for a user's mistake, and of a training 137
   *     when memory runs out, 143 when it was told to stop
   */
  public static int execute(String[] args, Console console) {
    try {
      return program(List.of(args), console)
          .setExecutionExceptionHandler((e, _, _) -> Mistakes.report(mistake(e), console))
          .execute(args);
    } catch (InputException e) { // of a configuration file, which is read before the options
      return Mistakes.report(e, console);
    }
  }

  private static CommandLine program(List<String> args, Console console) {
    SequencedMap<String, Object> commands = new LinkedHashMap<>();
    commands.put("embed", new EmbedCommand(console));
    commands.put("expression", new ExpressionCommand(console));
    commands.put("correct", new CorrectCommand(console));
    commands.put("evaluate", new EvaluateCommand(console));
    commands.put(TRAIN, new TrainCommand(console));
    CommandLine line = Program.of(new SparkRoot(console), commands, console);
    TrainCommand.removeThreads(line.getSubcommands().get(TRAIN).getCommandSpec());
    if (!args.isEmpty() && args.getFirst().equals(TRAIN)) {
      ConfigFile.give(line.getSubcommands().get(TRAIN), args);
    }
    return line;
  }

  /**
   * {@return the command of a training that was started in another process}
   *
   * @param args its arguments there
   * @param console takes what it says
   * @throws InputException when an option does not fit in this process
   */
  public static org.regularizedvi.cli.TrainCommand training(OptionTexts args, Console console) {
    ParseResult line = args.parse(() -> program(args.texts(), console));
    return (TrainCommand) line.subcommand().commandSpec().userObject();
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
