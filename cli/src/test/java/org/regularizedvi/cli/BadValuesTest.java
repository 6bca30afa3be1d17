package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of every command refuses what it cannot be in one sentence, which says what was
 * expected and what was found, and then nothing is written.
 */
final class BadValuesTest {
  private static final List<String> NO_NUMBERS =
      List.of("many", "", " ", "NaN", "Infinity", "1e400", "0x10", "0x1p3", "1d", "1_0", "\u0661");
  private static final List<String> NOT_WHOLE =
      List.of("many", "", "NaN", "1.5", "1e3", "0x10", "9".repeat(30), "-" + "9".repeat(30));
  private static final List<String> NO_CHOICES = List.of("nothing", "", "counts,,rate");
  private static final List<String> NO_NAMES = List.of("", " ");
  private static final List<String> NO_LISTS = List.of("", ",", "a,,b", "a,");
  private static final List<String> NO_LISTS_OR_FILES =
      List.of("", ",", "a,,b", "a,", "a,a", "@", "@no.txt", "@.", "@a\0b");
  private static final List<String> NO_PAIRS = List.of("", "a", "a=", "=b", "a=b,,c=d", "a=b,a=b");
  private static final List<String> NO_PATHS = List.of("", " ", "a\0b");

  /** By the simple name of the type that the text becomes. */
  private static final Map<String, List<String>> BAD =
      Map.ofEntries(
          Map.entry("int", NOT_WHOLE),
          Map.entry("Integer", NOT_WHOLE),
          Map.entry("long", NOT_WHOLE),
          Map.entry("double", NO_NUMBERS),
          Map.entry("Double", NO_NUMBERS),
          Map.entry("NumberOrNone", NO_NUMBERS),
          Map.entry("NumberPerModality", NO_NUMBERS),
          Map.entry("LibrarySize", NO_NUMBERS),
          Map.entry("String", NO_NAMES),
          Map.entry("KeyList", NO_LISTS),
          Map.entry("NameList", NO_LISTS_OR_FILES),
          Map.entry("QuantityList", List.of("", "counts,", "rate,rate", "zeal")),
          Map.entry("KeyCategories", NO_PAIRS),
          Map.entry("ScoreColumns", NO_PAIRS),
          Map.entry("CategoryFiles", List.of("", " ", "=a", "a=", "a=b,,c=d", "a\0b", "a=b\0c")),
          Map.entry("Path", NO_PATHS),
          Map.entry("boolean", List.of("perhaps", "1")),
          Map.entry("Boolean", List.of("perhaps", "1")));

  /** Numbers of any size, which have no range. */
  private static final Set<String> ANY_NUMBER =
      Set.of("--seed", "--px-r-init-mean", "--additive-bg-init-mean");

  @TempDir private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(said, true, UTF_8);
  private final CommandLine program = Main.commands(new Console(stream, stream, false));

  @Test
  void noTextIsTakenForWhatItIsNot() {
    for (CommandSpec command : commands()) {
      for (OptionSpec option : command.options()) {
        for (String text : option.usageHelp() ? List.<String>of() : bad(option)) {
          said.reset();
          int code = program.execute(command.name(), option.longestName() + "=" + text);
          assertThat(said.toString(UTF_8))
              .as("%s %s=%s", command.name(), option.longestName(), text)
              .startsWith("regularizedvi: " + option.longestName() + ": expected ")
              .containsPattern(", found .*'.*'|, found (it twice|two)")
              .doesNotContain("java.", "Exception", "picocli", "\0")
              .hasLineCount(1);
          assertThat(code).isEqualTo(2);
        }
      }
    }
  }

  private List<CommandSpec> commands() {
    return program.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.name().equals("help"))
        .toList();
  }

  private static List<String> bad(OptionSpec option) {
    Class<?> type = type(option);
    if (type.isEnum()) {
      return NO_CHOICES;
    } else if (!type.getSimpleName().equals("ByModality")) {
      return BAD.get(type.getSimpleName());
    }
    List<String> of =
        switch (option.paramLabel()) {
          case "N" -> NOT_WHOLE;
          case "KIND" -> NO_CHOICES;
          default -> NO_NAMES;
        };
    return Stream.concat(of.stream(), Stream.of("=1", "a=", "a=1,a=1")).toList();
  }

  private static Class<?> type(OptionSpec option) {
    boolean holds = option.typeInfo().isOptional() || option.typeInfo().isCollection();
    return holds ? option.auxiliaryTypes()[0] : option.type();
  }

  @Test
  void numbersOutOfRangeAndPathsThatCannotBeAreRefusedBeforeAnythingIsWritten() throws IOException {
    TrainedModel model = TrainedModel.ofTinyCells(folder);
    Path embedded = folder.resolve("embedded.h5ad");
    assertThat(model.ask("embed", embedded).code()).isZero();
    Map<String, List<Object>> calls = calls(model, embedded);
    Path place = Files.createDirectory(folder.resolve("folder.h5ad"));
    List<Path> there = all();
    Set<Object> seen = new HashSet<>();
    for (CommandSpec command : commands()) {
      for (OptionSpec option : command.options()) {
        // What several commands share, a field or a record's component, is asked of one of them.
        boolean asked =
            (type(option) == Path.class || isNumber(option))
                && calls.containsKey(command.name())
                && seen.add(option.userObject() instanceof Field own ? own : option.longestName());
        List<Object> call = asked ? without(option, calls.get(command.name())) : List.of();
        String name = option.longestName();
        if (!call.isEmpty() && isNumber(option) && !ANY_NUMBER.contains(name)) {
          require(there, call, name, "-1")
              .containsAnyOf(name, name.substring(2).replace('-', '_') + " ")
              .contains("-1");
        } else if (!call.isEmpty() && !isNumber(option)) {
          Path within = model.input().resolve("within");
          require(there, call, name, within).contains(within.toString());
          if (!name.endsWith("-dir")
              && !name.equals("--metrics-out")
              && !command.name().equals("export")) {
            require(there, call, name, place).contains(place.toString());
          }
        }
      }
    }
  }

  private AbstractStringAssert<?> require(
      List<Path> there, List<Object> call, String option, Object value) throws IOException {
    List<Object> all = new ArrayList<>(call);
    all.add(option + "=" + value);
    Cli cli = Cli.run(all.toArray());
    assertThat(all()).as("%s", all).isEqualTo(there);
    assertThat(cli.code()).as("%s: %s", all, cli).isEqualTo(2);
    return assertThat(cli.mistake()).as("%s", all).doesNotContain("java.", "Exception");
  }

  /** A call that works, of each command that takes numbers or paths. */
  private Map<String, List<Object>> calls(TrainedModel model, Path embedded) {
    Path out = folder.resolve("never.h5ad");
    Map<String, List<Object>> calls = new LinkedHashMap<>();
    calls.put("check", List.of(model.input()));
    calls.put("neighbors", List.of(embedded, "--out", out, "--umap", "--leiden"));
    calls.put("simulate", List.of(out));
    calls.put("export", List.of("--model-dir", model.folder(), "--out", folder.resolve("never")));
    for (String command :
        List.of("attribution", "expression", "predict", "correct", "likelihood")) {
      calls.put(command, List.of(model.input(), "--model-dir", model.folder(), "--out", out));
    }
    calls.put("embed", with(calls.get("correct"), "--extend"));
    calls.put("evaluate", List.of(model.input(), "--model-dir", model.folder()));
    calls.put("report", with(calls.get("evaluate"), "--out", folder.resolve("never.html")));
    calls.put("plot", with(calls.get("evaluate"), "--out-dir", folder.resolve("never")));
    calls.put(
        "differential-expression",
        with(
            calls.get("evaluate"), "--groupby", "batch", "--out-csv", folder.resolve("never.csv")));
    calls.replaceAll((command, rest) -> Stream.concat(Stream.of(command), rest.stream()).toList());
    return calls;
  }

  private static List<Object> with(List<Object> call, Object... more) {
    return Stream.concat(call.stream(), Stream.of(more)).toList();
  }

  /** Leaves out an option that the call gives, with its value. */
  private static List<Object> without(OptionSpec option, List<Object> call) {
    int at = call.indexOf(option.longestName());
    return at < 0
        ? call
        : Stream.concat(call.subList(0, at).stream(), call.subList(at + 2, call.size()).stream())
            .toList();
  }

  private static boolean isNumber(OptionSpec option) {
    return bad(option).contains("many");
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }
}
