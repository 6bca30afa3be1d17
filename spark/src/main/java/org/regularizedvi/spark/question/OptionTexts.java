package org.regularizedvi.spark.question;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.regularizedvi.cli.Program;
import org.regularizedvi.cli.options.WorkingFolder;
import org.regularizedvi.input.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Is what was given on a command line, as text, to be parsed in any process: paths mean what they
 * mean where it was given.
 *
 * @param texts as on the command line
 * @param folder the working folder there
 */
public record OptionTexts(List<String> texts, String folder) implements Serializable {
  /** Keeps a copy. */
  public OptionTexts {
    texts = List.copyOf(texts);
  }

  /**
   * {@return texts that were given to this process}
   *
   * @param texts as on the command line
   */
  public static OptionTexts here(List<String> texts) {
    return new OptionTexts(texts, Path.of("").toAbsolutePath().toString());
  }

  /**
   * {@return the options that were given to this process and that a holder of options has}
   *
   * @param line the command, parsed
   * @param holder has the options that are wanted
   */
  public static OptionTexts of(ParseResult line, Object holder) {
    Set<String> wanted = Program.ofOptions(holder).getCommandSpec().optionsMap().keySet();
    List<String> texts = new ArrayList<>();
    for (OptionSpec option : line.matchedOptionsSet()) {
      if (wanted.contains(option.longestName())) {
        texts.addAll(of(option));
      }
    }
    return here(texts);
  }

  private static List<String> of(OptionSpec option) {
    return isFlag(option)
        ? List.of(option.longestName())
        : option.originalStringValues().stream()
            .flatMap(value -> List.of(option.longestName(), value).stream())
            .toList();
  }

  /**
   * Tells whether an option takes no value.
   *
   * @param option the option
   * @return whether it stands alone
   */
  public static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  /**
   * Reads the options.
   *
   * @param <T> what has them
   * @param holder takes them
   * @return the holder
   * @throws InputException when an option does not fit
   */
  public <T> T read(T holder) {
    parse(() -> Program.ofOptions(holder));
    return holder;
  }

  /**
   * Parses the texts.
   *
   * @param line makes what parses them, and may read files that they name
   * @return what was parsed
   * @throws InputException when a text does not fit
   */
  public ParseResult parse(Supplier<CommandLine> line) {
    return there(
        () -> {
          try {
            return line.get().parseArgs(texts.toArray(String[]::new));
          } catch (ParameterException e) {
            throw new InputException(e.getMessage().replaceFirst("\\.?$", "."), e);
          }
        });
  }

  /**
   * {@return a path as it is meant where the texts were given}
   *
   * @param path beside them on the command line
   */
  public Path path(String path) {
    return there(() -> WorkingFolder.path(path));
  }

  private <T> T there(Supplier<T> work) {
    return WorkingFolder.of(Path.of(folder), work);
  }
}
