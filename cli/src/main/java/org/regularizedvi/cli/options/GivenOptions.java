package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads the values that declared options are given, on the command line or in a configuration file.
 */
public final class GivenOptions implements Options.Choice {
  private final CommandSpec command;

  /**
   * Reads the options of a command.
   *
   * @param command that has been parsed
   */
  public GivenOptions(CommandSpec command) {
    this.command = command;
  }

  @Override
  public Object of(Declared option, Object standing) {
    boolean named = option.form() == Declared.Form.BY_MODALITY;
    Object given =
        Objects.requireNonNull(command.findOption(option.flag()), option.flag()).getValue();
    return switch (given) {
      case null -> standing;
      case NumberOrNone(Optional<Double> number) -> number;
      case ByModality<?>(Optional<?> every, _) when every.isPresent() ->
          named ? standing : stored(option, every.get());
      case ByModality<?> own -> named ? own.named() : standing;
      case KeyList list -> stored(option, list.keys());
      case List<?> parts ->
          stored(option, parts.stream().flatMap(part -> ((KeyList) part).keys().stream()).toList());
      default -> stored(option, given);
    };
  }

  private static Object stored(Declared option, Object value) {
    return option.form() == Declared.Form.OPTIONAL ? Optional.of(value) : value;
  }
}
