package org.regularizedvi.cli.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Gives options from a YAML file: the names of the command line, with hyphens or underscores. Its
 * values stand where the command line says nothing.
 */
public final class ConfigFile implements IDefaultValueProvider {
  private static final Set<String> COMMAND_LINE_ONLY = Set.of("--config", "--help");
  private final Map<String, String> values;

  private ConfigFile(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * {@return the file that arguments name by {@code --config}; empty where they name none}
   *
   * @param arguments of the program
   */
  private static Optional<Path> named(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--config=")) {
        return Optional.of(path(argument.substring("--config=".length())));
      }
      if (argument.equals("--config") && i + 1 < arguments.size()) {
        return Optional.of(path(arguments.get(i + 1)));
      }
    }
    return Optional.empty();
  }

  /**
   * Has a command take from a file what its own arguments leave out, where they name a file.
   *
   * @param command whose options the file may hold
   * @param arguments of the program
   */
  public static void give(CommandLine command, List<String> arguments) {
    named(arguments)
        .map(file -> read(file, command.getCommandSpec()))
        .ifPresent(command::setDefaultValueProvider);
  }

  private static Path path(String text) {
    try {
      return Converters.path(text);
    } catch (TypeConversionException e) {
      throw new InputException("--config: %s.".formatted(e.getMessage()), e);
    }
  }

  /**
   * Reads a file of options for a command.
   *
   * @param file in YAML
   * @param command whose options the file may hold
   * @return the values of the file, as they would stand on the command line
   * @throws InputException naming the file and the key: not YAML, an unknown or repeated name, a
   *     value of the wrong type
   */
  public static ConfigFile read(Path file, CommandSpec command) {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : parse(file).properties()) {
      OptionSpec option = option(file, entry.getKey(), command);
      if (values.containsKey(option.longestName())) {
        throw new InputException("%s gives %s twice.".formatted(file, entry.getKey()));
      }
      try {
        text(option, entry.getValue()).ifPresent(t -> values.put(option.longestName(), t));
      } catch (TypeConversionException e) {
        throw new InputException("%s: %s: %s.".formatted(file, entry.getKey(), e.getMessage()), e);
      }
    }
    return new ConfigFile(values);
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.get(option.longestName()) : null;
  }

  private static JsonNode parse(Path file) {
    YAMLMapper mapper =
        YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try {
      JsonNode tree = mapper.readTree(Files.readString(file));
      if (tree.isMissingNode() || tree.isNull()) {
        return mapper.createObjectNode();
      }
      if (!tree.isObject()) {
        throw new InputException(
            "%s must hold lines of the form \"option: value\", but does not.".formatted(file));
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s, line %d: %s."
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("not YAML")),
          e);
    } catch (IOException e) {
      throw new InputException("The configuration file %s cannot be read.".formatted(file), e);
    }
  }

  private static OptionSpec option(Path file, String name, CommandSpec command) {
    String onCommandLine = "--" + name.replace('_', '-');
    OptionSpec option = command.findOption(onCommandLine);
    if (option == null
        || COMMAND_LINE_ONLY.contains(onCommandLine)
        || !option.longestName().equals(onCommandLine)) {
      List<String> known =
          command.options().stream()
              .map(OptionSpec::longestName)
              .filter(o -> !COMMAND_LINE_ONLY.contains(o))
              .map(o -> o.substring(2).replace('-', '_'))
              .toList();
      String suggestion = Nearest.suggestion(name.replace('-', '_'), known);
      throw new InputException(
          "%s: there is no option %s%s"
              .formatted(file, name, suggestion.isEmpty() ? "." : suggestion));
    }
    return option;
  }

  /** {@return a value as it would stand on the command line; null leaves the option out} */
  private static Optional<String> text(OptionSpec option, JsonNode value) {
    Class<?> type = Converters.valueType(option);
    if (value.isNull()) {
      return type == NumberOrNone.class ? Optional.of("none") : Optional.empty();
    }
    String text;
    if (value.isArray() && type == KeyList.class) {
      text =
          new KeyList(
                  StreamSupport.stream(value.spliterator(), false).map(ConfigFile::scalar).toList())
              .toString();
    } else if (value.isObject() && (type == ByModality.class || type == CategoryFiles.class)) {
      text =
          value.properties().stream()
              .map(entry -> entry.getKey() + "=" + scalar(entry.getValue()))
              .collect(Collectors.joining(","));
    } else {
      text = scalar(value);
    }
    if ((type == boolean.class || type == Boolean.class) && !value.isBoolean()) {
      throw new TypeConversionException("expected true or false, found '%s'".formatted(text));
    }
    Converters.check(option, text);
    return Optional.of(text);
  }

  private static String scalar(JsonNode value) {
    if (!value.isValueNode()) {
      throw new TypeConversionException(
          "expected one value, found %s".formatted(value.isArray() ? "a list" : "a mapping"));
    }
    return value.asText();
  }
}
