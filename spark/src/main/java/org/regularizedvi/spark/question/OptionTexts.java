package org.regularizedvi.spark.question;

import java.nio.file.Files;
import java.nio.file.Path;
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
  /** Stands before the name of a file that lists names. */
  private static final String LIST = "@";

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
          texts.add(seenFromAnywhere(option, value));
        }
      }
    }
    return texts;
  }

  /**
   * {@return the value of an option as other processes understand it, whose working folder is
   * another: the whole path of a file that is there}
   *
   * @param option the option
   * @param value as it was given
   */
  public static String seenFromAnywhere(OptionSpec option, String value) {
    if (value.startsWith(LIST)) {
      return LIST + whole(value.substring(LIST.length()));
    }
    boolean path =
        option.type() == Path.class || List.of(option.auxiliaryTypes()).contains(Path.class);
    return path ? whole(value) : value;
  }

  /**
   * {@return the whole path of a file that is there; any other text as it is}
   *
   * @param path the path
   */
  public static String whole(String path) {
    return Files.exists(Path.of(path)) ? Path.of(path).toAbsolutePath().toString() : path;
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
