package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cli.options.ConfigFile;
import picocli.CommandLine;

/** What the README shows is true: its program compiles and runs, its commands are understood. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");

  @TempDir Path folder;

  private static String block(String marker, String language) throws IOException {
    Matcher found =
        Pattern.compile(marker + ".*?```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    assertThat(found.find()).as(marker).isTrue();
    return found.group(1);
  }

  @Test
  void theProgramCompilesAndRuns() throws Exception {
    TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    String program =
        block("<!-- java-example -->", "java")
            .replace("\"cells", "\"" + folder + "/cells")
            .replace("withMaxEpochs(100)", "withMaxEpochs(1)")
            .replace("\"sample\"", "\"batch\"")
            .replace("\"donor\"", "\"batch\"");
    Path source = Files.writeString(folder.resolve("Example.java"), program);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertThat(compiled).isZero();
    try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> example = classes.loadClass("Example");
      Constructor<?> constructor = example.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = example.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    }
    assertThat(folder.resolve("cells_model/model.json")).exists();
  }

  @Test
  void itsConfigurationFileIsUnderstood() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), block("in a file:", "yaml"));
    TrainCommand command = new TrainCommand(new Console(System.out, System.err, false));
    ConfigFile.read(file, new CommandLine(command).getCommandSpec());
  }

  @Test
  void itsOptionsExist() throws IOException {
    Console console = new Console(System.out, System.err, false);
    List<String> known =
        Stream.of(
                new TrainCommand(console),
                new EmbedCommand(console),
                new NeighborsCommand(console),
                new SimulateCommand(console),
                new ImportCommand(console),
                new DifferentialExpressionCommand(console))
            .map(command -> new CommandLine(command).getCommandSpec())
            .flatMap(
                spec ->
                    Stream.concat(
                        spec.optionsMap().keySet().stream(),
                        spec.negatedOptionsMap().keySet().stream()))
            .toList();
    Matcher options =
        Pattern.compile("(?<=[`\\s])--[a-z][a-z0-9-]+").matcher(Files.readString(README));
    assertThat(options.results().map(found -> found.group())).isNotEmpty().isSubsetOf(known);
  }
}
