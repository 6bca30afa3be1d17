package org.regularizedvi.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.regularizedvi.cli.options.Nearest;
import org.regularizedvi.data.InputException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
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
    String command = line.getCommandSpec().qualifiedName();
    return switch (mistake) {
      case UnmatchedArgumentException e -> unmatched(e, line);
      case MissingParameterException e ->
          "%s needs %s; see %s --help.".formatted(command, names(e.getMissing()), command);
      case ParameterException e
          when e.getCause() instanceof TypeConversionException cause
              && e.getArgSpec() instanceof OptionSpec option ->
          "%s: %s.".formatted(option.longestName(), cause.getMessage());
      default -> "%s: %s.".formatted(command, mistake.getMessage());
    };
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine line) {
    List<String> all = e.getUnmatched();
    String first = all.stream().filter(a -> a.startsWith("-")).findFirst().orElse(all.getFirst());
    String command = line.getCommandSpec().qualifiedName();
    Set<String> known = new TreeSet<>();
    String what;
    if (first.startsWith("-")) {
      what = "option";
      line.getCommandSpec().optionsMap().keySet().forEach(known::add);
      line.getCommandSpec().negatedOptionsMap().keySet().forEach(known::add);
      known.removeIf(name -> !name.startsWith("--"));
      first = first.replaceFirst("=.*", "");
    } else if (!line.getSubcommands().isEmpty()) {
      what = "command";
      known.addAll(line.getSubcommands().keySet());
    } else {
      return "%s takes no further argument, but got '%s'; see %s --help."
          .formatted(command, first, command);
    }
    String suggestion = Nearest.suggestion(first, known);
    return "%s has no %s '%s'%s"
        .formatted(
            command,
            what,
            first,
            suggestion.isEmpty() ? "; see " + command + " --help." : suggestion);
  }

  private static String names(List<ArgSpec> missing) {
    return String.join(
        " and ",
        missing.stream()
            .map(
                m ->
                    m instanceof OptionSpec o
                        ? o.longestName() + " " + o.paramLabel()
                        : m.paramLabel())
            .toList());
  }
}
