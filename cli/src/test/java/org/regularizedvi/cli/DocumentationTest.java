package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cli.options.ConfigFile;
import picocli.CommandLine;

/**
 * The README and the pages of docs are true where a test can tell: their program compiles and runs,
 * their commands and options exist, and their links lead somewhere.
 */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path README = ROOT.resolve("README.md");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern LINK = Pattern.compile("(?<!`)\\]\\(([^)\\s]+)\\)");
  private static final Pattern OPTION = Pattern.compile("(?<=[`\\s\\[])--[a-z][a-z0-9-]+");
  private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);

  @TempDir Path folder;

  private final CommandLine program = Main.commands(new Console(System.out, System.err, false));

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> pages(Path in) {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String block(Path page, String marker, String language) {
    Matcher found =
        Pattern.compile(marker + ".*?```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(read(page));
    assertThat(found.find()).as(marker).isTrue();
    return found.group(1);
  }

  @Test
  void theProgramCompilesAndRuns() throws Exception {
    TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    String example =
        block(DOCS.resolve("library.md"), "<!-- java-example -->", "java")
            .replace("\"cells", "\"" + folder + "/cells")
            .replace("withMaxEpochs(100)", "withMaxEpochs(1)")
            .replace("\"sample\"", "\"batch\"")
            .replace("\"donor\"", "\"batch\"");
    Path source = Files.writeString(folder.resolve("Example.java"), example);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertThat(compiled).isZero();
    try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> type = classes.loadClass("Example");
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = type.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    }
    assertThat(folder.resolve("cells_model/model.json")).exists();
  }

  @Test
  void theConfigurationFileIsUnderstood() throws IOException {
    String shown = block(DOCS.resolve("use.md"), "stand in a file:", "yaml");
    Path file = Files.writeString(folder.resolve("run.yaml"), shown);
    TrainCommand command = new TrainCommand(new Console(System.out, System.err, false));
    ConfigFile.read(file, new CommandLine(command).getCommandSpec());
  }

  @Test
  void everyCommandShownExistsAndHasItsOptions() {
    Pattern shown =
        Pattern.compile("^\\./regularizedvi ([a-z-]+)((?:\\\\\n|[^\n#])*)", Pattern.MULTILINE);
    List<String> seen = new ArrayList<>();
    for (Path page : userPages()) {
      Matcher found = shown.matcher(read(page));
      while (found.find()) {
        CommandLine command = program.getSubcommands().get(found.group(1));
        assertThat(command).as("%s: %s", page, found.group()).isNotNull();
        seen.add(found.group(1));
        assertThat(options(found.group(2)))
            .as("%s: %s", page, found.group())
            .isSubsetOf(options(command));
      }
    }
    assertThat(seen).contains("train", "embed", "report", "correct", "import", "simulate");
  }

  @Test
  void everyOptionMentionedExists() {
    Set<String> known = new TreeSet<>();
    program.getSubcommands().values().forEach(command -> known.addAll(options(command)));
    for (Path page : userPages()) {
      String text = CODE.matcher(read(page)).replaceAll("");
      assertThat(options(text)).as(page.toString()).isSubsetOf(known);
    }
  }

  /** The README and those pages of docs that show this program and no other. */
  private static List<Path> userPages() {
    Set<String> ofOthers =
        Set.of(
            "fit.md",
            "install.md",
            "performance.md",
            "random-tests.md",
            "reliability.md",
            "spark.md");
    List<Path> pages = new ArrayList<>(List.of(README, ROOT.resolve("python/README.md")));
    pages(DOCS).stream()
        .filter(page -> !ofOthers.contains(page.getFileName().toString()))
        .forEach(pages::add);
    return pages;
  }

  private static Set<String> options(String text) {
    Set<String> found = new TreeSet<>();
    OPTION.matcher(text).results().map(MatchResult::group).forEach(found::add);
    return found;
  }

  private static Set<String> options(CommandLine command) {
    Set<String> names = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
    names.addAll(command.getCommandSpec().negatedOptionsMap().keySet());
    return names;
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<Path> pages = new ArrayList<>(pages(ROOT));
    pages.addAll(pages(DOCS));
    pages.addAll(pages(ROOT.resolve("DECISIONS")));
    pages.add(ROOT.resolve("python/README.md"));
    pages.add(ROOT.resolve("packaging/README.md"));
    int followed = 0;
    for (Path page : pages) {
      for (String link : links(page)) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(target).as("%s in %s", link, page).exists();
        if (parts.length > 1) {
          assertThat(anchors(target)).as("%s in %s", link, page).contains(parts[1]);
        }
        followed++;
      }
    }
    assertThat(followed).isGreaterThan(50);
  }

  @Test
  void theIndexNamesEveryPage() {
    List<String> linked = links(DOCS.resolve("README.md"));
    assertThat(pages(DOCS))
        .map(page -> page.getFileName().toString())
        .filteredOn(name -> !name.equals("README.md"))
        .isSubsetOf(linked);
  }

  @Test
  void theReadmeIsShort() {
    assertThat(read(README).lines().count()).isLessThanOrEqualTo(150);
  }

  /** Returns the links of a page that lead to files of this project. */
  private static List<String> links(Path page) {
    return LINK.matcher(CODE.matcher(read(page)).replaceAll(""))
        .results()
        .map(found -> found.group(1))
        .filter(link -> !link.contains("://"))
        .toList();
  }

  /** Returns the anchors of a page's headings, made as GitHub makes them. */
  private static List<String> anchors(Path page) {
    return read(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
