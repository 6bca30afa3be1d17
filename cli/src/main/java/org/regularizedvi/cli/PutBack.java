package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Optional;
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
      path(argument).filter(WholeFolder::putBack).ifPresent(this::say);
    }
    return new RunLast().execute(line);
  }

  private static Optional<Path> path(ArgSpec argument) {
    Object value = argument.getValue();
    Object given = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    return given instanceof Path path ? Optional.of(path) : Optional.empty();
  }

  private void say(Path folder) {
    console.warn(
        "a run was killed while it replaced %s; what it held before is back in its place."
            .formatted(folder));
  }
}
