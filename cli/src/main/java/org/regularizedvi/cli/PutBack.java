package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.files.WholeFolder;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Puts back, before a command runs, each folder that it names and that a killed run had moved away
 * to replace it, and says so.
 */
final class PutBack implements IExecutionStrategy {
  private final Console console;

  PutBack(Console console) {
    this.console = console;
  }

  @Override
  public int execute(ParseResult line) {
    ParseResult last = line;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    for (ArgSpec argument : last.commandSpec().args()) {
      paths(argument).filter(WholeFolder::putBack).forEach(this::say);
    }
    return new RunLast().execute(line);
  }

  private static Stream<Path> paths(ArgSpec argument) {
    Stream<?> given =
        switch (argument.getValue()) {
          case Optional<?> optional -> optional.stream();
          case Collection<?> several -> several.stream();
          case Object one -> Stream.of(one);
          case null -> Stream.of();
        };
    return given.filter(Path.class::isInstance).map(Path.class::cast);
  }

  private void say(Path folder) {
    console.warn(
        "a run was killed while it replaced %s; what it held before is back in its place."
            .formatted(folder));
  }
}
