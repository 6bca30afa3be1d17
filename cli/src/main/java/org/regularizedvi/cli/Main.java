package org.regularizedvi.cli;

import java.io.PrintStream;
import java.util.List;
import org.regularizedvi.cli.options.ConfigFile;
import org.regularizedvi.cli.options.Converters;
import picocli.CommandLine;

/** The program {@code regularizedvi}. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Terminal.restoreStandardError();
    OldGeneration.watch();
    System.exit(execute(args, new Console(System.out, System.err, Terminal.showsStandardError())));
  }

  /**
   * Runs a command in this process.
   *
   * @return 0, 1 for a bug of ours, 2 for a user's mistake, 137 when memory runs out
   */
  public static int execute(String[] args, PrintStream out, PrintStream err) {
    return execute(args, new Console(out, err, false));
  }

  private static int execute(String[] args, Console console) {
    CommandLine line = commands(console);
    try {
      if (args.length > 0 && List.of("train", "check").contains(args[0])) {
        CommandLine train = line.getSubcommands().get(args[0]);
        ConfigFile.named(List.of(args))
            .map(file -> ConfigFile.read(file, train.getCommandSpec()))
            .ifPresent(train::setDefaultValueProvider);
      }
      return line.execute(args);
    } catch (Throwable e) {
      return Mistakes.report(e, console);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  static CommandLine commands(Console console) {
    CommandLine line =
        new CommandLine(new RootCommand(console))
            .addSubcommand("train", new TrainCommand(console))
            .addSubcommand("check", new CheckCommand(console))
            .addSubcommand("evaluate", new EvaluateCommand(console))
            .addSubcommand("embed", new EmbedCommand(console))
            .addSubcommand("neighbors", new NeighborsCommand(console))
            .addSubcommand("attribution", new AttributionCommand(console))
            .addSubcommand("expression", new ExpressionCommand(console))
            .addSubcommand("predict", new PredictCommand(console))
            .addSubcommand("differential-expression", new DifferentialExpressionCommand(console))
            .addSubcommand("correct", new CorrectCommand(console))
            .addSubcommand("likelihood", new LikelihoodCommand(console))
            .addSubcommand("import", new ImportCommand(console))
            .addSubcommand("export", new ExportCommand(console))
            .addSubcommand("simulate", new SimulateCommand(console))
            .addSubcommand("report", new ReportCommand(console))
            .addSubcommand("plot", new PlotCommand(console))
            .addSubcommand("demo", new DemoCommand(console))
            .addSubcommand("help", new CommandLine.HelpCommand());
    Converters.register(line);
    GroupedHelp.install(line);
    return line.setOut(new java.io.PrintWriter(console.out(), true))
        .setErr(new java.io.PrintWriter(console.err(), true))
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(false)
        .setUsageHelpLongOptionsMaxWidth(32)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setExecutionStrategy(new PutBack(console))
        .setParameterExceptionHandler((e, _) -> Mistakes.report(e, console))
        .setExecutionExceptionHandler((e, _, _) -> Mistakes.report(e, console));
  }
}
