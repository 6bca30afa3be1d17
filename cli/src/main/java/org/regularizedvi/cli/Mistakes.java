package org.regularizedvi.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong: one sentence for a user's mistake, a stack trace for a bug of ours. */
final class Mistakes {
  static final int BUG = 1;
  static final int MISTAKE = 2;

  private Mistakes() {}

  /** Prints what was thrown and returns the exit code. */
  static int report(Throwable thrown, Console console) {
    switch (thrown) {
      case InputException mistake ->
          console.err().println("regularizedvi: " + mistake.getMessage());
      case ParameterException mistake ->
          console.err().println("regularizedvi: " + sentence(mistake));
      case OutOfMemoryError _ ->
          console
              .err()
              .printf(
                  "regularizedvi: the %d MiB of memory that Java may use are not enough; allow more with"
                      + " the environment variable JAVA_OPTS, for example JAVA_OPTS=-Xmx16g.%n",
                  Runtime.getRuntime().maxMemory() >> 20);
      default -> {
        thrown.printStackTrace(console.err());
        return BUG;
      }
    }
    return MISTAKE;
  }

  private static String sentence(ParameterException mistake) {
    CommandLine line = mistake.getCommandLine();
    return switch (mistake) {
      case UnmatchedArgumentException e -> unmatched(e, line);
      case MissingParameterException e -> missing(e.getMissing(), line);
      case ParameterException e
          when e.getCause() instanceof TypeConversionException cause
              && e.getArgSpec() instanceof OptionSpec option ->
          "%s: %s.".formatted(option.longestName(), cause.getMessage());
      default -> mistake.getMessage().replaceFirst("\\.$", "") + seeHelp(line);
    };
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    List<String> all = e.getUnmatched();
    boolean noCommand = !line.getSubcommands().isEmpty() && !all.getFirst().startsWith("-");
    String first =
        all.stream()
            .filter(a -> a.startsWith("-") && !noCommand)
            .findFirst()
            .orElse(all.getFirst());
    if (first.startsWith("-")) {
      Set<String> known = new TreeSet<>(command.optionsMap().keySet());
      known.addAll(command.negatedOptionsMap().keySet());
      return unknown("option", first.replaceFirst("=.*", ""), known, line);
    }
    return line.getSubcommands().isEmpty()
        ? "%s takes no argument '%s'%s".formatted(command.name(), first, seeHelp(line))
        : unknown("command", first, line.getSubcommands().keySet(), line);
  }

  private static String unknown(String what, String name, Set<String> known, CommandLine line) {
    String suggestion = Nearest.suggestion(name, known);
    return "there is no %s '%s'%s"
        .formatted(what, name, suggestion.isEmpty() ? seeHelp(line) : suggestion);
  }

  private static String seeHelp(CommandLine line) {
    return "; see %s --help.".formatted(line.getCommandSpec().qualifiedName());
  }

  /** Arguments that the command cannot do without, or an option that lacks its value. */
  private static String missing(List<ArgSpec> missing, CommandLine line) {
    if (missing.size() == 1 && missing.getFirst() instanceof OptionSpec o && !o.required()) {
      return "%s needs a value, %s%s".formatted(o.longestName(), o.paramLabel(), seeHelp(line));
    }
    List<String> names =
        missing.stream()
            .sorted(Comparator.comparing(ArgSpec::isOption))
            .map(
                m ->
                    m instanceof OptionSpec o
                        ? o.longestName() + " " + o.paramLabel()
                        : m.paramLabel())
            .toList();
    return "%s needs %s%s"
        .formatted(line.getCommandName(), String.join(" and ", names), seeHelp(line));
  }
}
