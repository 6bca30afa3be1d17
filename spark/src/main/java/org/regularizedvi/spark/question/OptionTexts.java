package org.regularizedvi.spark.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.regularizedvi.cli.Program;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Gives options of a command that was parsed as text again, to be parsed elsewhere. */
public final class OptionTexts {
  private OptionTexts() {}

  /**
   * {@return the options that were given and that a holder of options has}
   *
   * @param line the command, parsed
   * @param holder has the options that are wanted
   */
  public static List<String> of(ParseResult line, Object holder) {
    Set<String> wanted = Program.ofOptions(holder).getCommandSpec().optionsMap().keySet();
    List<String> texts = new ArrayList<>();
    for (OptionSpec option : line.matchedOptionsSet()) {
      if (wanted.contains(option.longestName())) {
        if (isFlag(option)) {
          texts.add(option.longestName());
        }
        for (String value : values(option)) {
          texts.add(option.longestName());
          texts.add(value);
        }
      }
    }
    return texts;
  }

  private static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  private static List<String> values(OptionSpec option) {
    return isFlag(option) ? List.of() : option.originalStringValues();
  }

  /**
   * Reads options from text.
   *
   * @param <T> what has them
   * @param holder takes them
   * @param options as on the command line
   * @return the holder
   * @throws InputException when an option does not fit
   */
  public static <T> T read(T holder, List<String> options) {
    try {
      Program.ofOptions(holder).parseArgs(options.toArray(String[]::new));
      return holder;
    } catch (ParameterException e) {
      throw new InputException(e.getMessage().replaceFirst("\\.?$", "."), e);
    }
  }
}
