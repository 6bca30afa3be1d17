package org.regularizedvi.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.regularizedvi.core.machine.OutOfMemory;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;
import org.regularizedvi.training.StoppedException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong: one sentence for a user's mistake, a stack trace for a bug of ours. */
public final class Mistakes {
  static final int BUG = 1;

  /** The exit code of a process that a user's mistake ended. */
  public static final int MISTAKE = 2;

  /** The exit code of a process that the system ended for its memory: 128 + SIGKILL. */
  public static final int OUT_OF_MEMORY = 137;

  /** The exit code of a process that was told to end: 128 + SIGTERM. */
  public static final int STOPPED = 143;

  private Mistakes() {}

  /**
   * Says how a process ends.
   *
   * @param code the exit code
   * @param text what went wrong: a sentence, or a stack trace for a bug of ours; empty where it was
   *     said before
   */
  public record End(int code, String text) {}

  /**
   * {@return how a process ends}
   *
   * @param thrown a user's mistake, or a bug of ours
   */
  public static End of(Throwable thrown) {
    return switch (thrown) {
      case InputException mistake -> new End(MISTAKE, mistake.getMessage());
      case ParameterException mistake -> new End(MISTAKE, sentence(mistake));
      // What to do was said while the signal was waiting.
      case StoppedException _ -> new End(STOPPED, "");
      case Throwable t when OutOfMemory.in(t).isPresent() ->
          new End(OUT_OF_MEMORY, sentence(OutOfMemory.in(t).get()));
      default -> new End(BUG, trace(thrown));
    };
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing();
  }

  /**
   * Prints what was thrown.
   *
   * @param thrown a user's mistake, or a bug of ours
   * @param console takes the sentence, or the stack trace
   * @return the exit code
   */
  public static int report(Throwable thrown, Console console) {
    End end = of(thrown);
    if (end.code() == BUG) {
      console.say(end.text());
    } else if (!end.text().isEmpty()) {
      console.say("regularizedvi: " + end.text());
    }
    return end.code();
  }

  private static String sentence(OutOfMemory whose) {
    String less = "a smaller --batch-size or --n-hidden needs less";
    return switch (whose) {
      case JAVA ->
          ("the %d MiB of memory that Java may use are not enough; allow more with the environment"
                  + " variable JAVA_OPTS, for example JAVA_OPTS=-Xmx16g; in training, %s.")
              .formatted(Runtime.getRuntime().maxMemory() >> 20, less);
      case NATIVE ->
          ("the machine has no more memory beside the %d MiB that Java may use; in training, %s; or"
                  + " give Java less, for example JAVA_OPTS=-Xmx2g, or take a larger machine.")
              .formatted(Runtime.getRuntime().maxMemory() >> 20, less);
    };
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

  /**
   * {@return a sentence on arguments that the command cannot do without, or an option that lacks
   * its value}
   */
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
