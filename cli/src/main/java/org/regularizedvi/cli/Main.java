package org.regularizedvi.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.regularizedvi.cli.options.ConfigFile;
import picocli.CommandLine;

/** Runs the program {@code regularizedvi}. */
public final class Main {
  /** The commands by their names, in the order of the help. */
  private static final SequencedMap<String, Function<Console, Object>> COMMANDS =
      new LinkedHashMap<>();

  static {
    COMMANDS.put("train", TrainCommand::new);
    COMMANDS.put("check", CheckCommand::new);
    COMMANDS.put("prepare", PrepareCommand::new);
    COMMANDS.put("evaluate", EvaluateCommand::new);
    COMMANDS.put("embed", EmbedCommand::new);
    COMMANDS.put("neighbors", NeighborsCommand::new);
    COMMANDS.put("attribution", AttributionCommand::new);
    COMMANDS.put("covariate-effects", CovariateEffectsCommand::new);
    COMMANDS.put("expression", ExpressionCommand::new);
    COMMANDS.put("predict", PredictCommand::new);
    COMMANDS.put("differential-expression", DifferentialExpressionCommand::new);
    COMMANDS.put("correct", CorrectCommand::new);
    COMMANDS.put("likelihood", LikelihoodCommand::new);
    COMMANDS.put("minify", MinifyCommand::new);
    COMMANDS.put("import", ImportCommand::new);
    COMMANDS.put("export", ExportCommand::new);
    COMMANDS.put("simulate", SimulateCommand::new);
    COMMANDS.put("report", ReportCommand::new);
    COMMANDS.put("plot", PlotCommand::new);
    COMMANDS.put("demo", DemoCommand::new);
  }

  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    // What is said is English, and so are its numbers, wherever the machine stands.
    Locale.setDefault(Locale.ROOT);
    Terminal.restoreStandardError();
    OldGeneration.watch();
    System.exit(execute(args, new Console(System.out, System.err, Terminal.showsStandardError())));
  }

  /**
   * Runs a command in this process.
   *
   * @param args the command and its options
   * @param out takes results
   * @param err takes everything else, messages about mistakes among them
   * @return the exit code: 0, 1 for a bug of ours, 2 for a user's mistake, 137 when memory runs
   *     out, 143 when training was told to stop
   */
  public static int execute(String[] args, PrintStream out, PrintStream err) {
    return execute(args, new Console(out, err, false));
  }

  private static int execute(String[] args, Console console) {
    CommandLine line = commands(console, args);
    try {
      if (args.length > 0 && List.of("train", "check").contains(args[0])) {
        ConfigFile.give(line.getSubcommands().get(args[0]), List.of(args));
      }
      return line.execute(args);
    } catch (Throwable e) {
      return Mistakes.report(e, console);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  /** {@return the whole program: every command, with all its options} */
  static CommandLine commands(Console console) {
    return program(console, COMMANDS.keySet());
  }

  /** Makes the command that is asked for alone, or none for the version, as options take time. */
  private static CommandLine commands(Console console, String[] args) {
    String asked =
        args.length == 0 ? "" : args[args.length == 2 && args[0].equals(Program.HELP) ? 1 : 0];
    boolean known = COMMANDS.containsKey(asked) || asked.equals("--version");
    return known ? program(console, Set.of(asked)) : commands(console);
  }

  private static CommandLine program(Console console, Set<String> names) {
    SequencedMap<String, Object> commands = new LinkedHashMap<>();
    COMMANDS.forEach(
        (name, command) -> {
          if (names.contains(name)) {
            commands.put(name, command.apply(console));
          }
        });
    return Program.of(new RootCommand(console), commands, console);
  }
}
