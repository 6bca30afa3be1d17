package org.regularizedvi.cli;

import java.io.PrintWriter;
import java.util.SequencedMap;
import org.regularizedvi.cli.options.Converters;
import picocli.CommandLine;

/**
 * Makes a program of commands: options are given as ours are, the help lays them out by groups, a
 * mistake is one sentence, and what a killed run had moved away is put back before a command runs.
 */
public final class Program {
  /** The command that tells more about the others. */
  static final String HELP = "help";

  private Program() {}

  /**
   * {@return a program}
   *
   * @param root what happens without a command
   * @param commands the commands by their names, in the order of the help
   * @param console takes what the program says
   */
  public static CommandLine of(
      Object root, SequencedMap<String, Object> commands, Console console) {
    CommandLine line = new CommandLine(root);
    commands.forEach(line::addSubcommand);
    line.addSubcommand(HELP, new CommandLine.HelpCommand());
    return taught(line)
        .setOut(new PrintWriter(console.out(), true))
        .setErr(new PrintWriter(console.err(), true))
        .setUsageHelpLongOptionsMaxWidth(32)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setExecutionStrategy(new PutBack(console))
        .setParameterExceptionHandler((e, _) -> Mistakes.report(e, console))
        .setExecutionExceptionHandler((e, _, _) -> Mistakes.report(e, console));
  }

  /**
   * {@return a line of options alone, without a command}
   *
   * @param options has the options
   */
  public static CommandLine ofOptions(Object options) {
    return taught(new CommandLine(options));
  }

  private static CommandLine taught(CommandLine line) {
    Converters.register(line);
    GroupedHelp.install(line);
    return line.setExpandAtFiles(false).setOverwrittenOptionsAllowed(false);
  }
}
