package org.regularizedvi.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked, in an environment that has neither Java nor a home folder. */
class ArchiveIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("archive"));
  private static final String VERSION = System.getProperty("version");
  private static final Set<String> MODULES =
      Set.of(System.getProperty("runtime.modules").split(","));

  /** What the launcher calls; nothing else is on the path. */
  private static final List<String> TOOLS = List.of("bash", "grep", "readlink");

  @TempDir static Path folder;
  private static Path home;
  private static Map<String, String> bare;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void unpack() throws Exception {
    Ended tar = run(folder, System.getenv(), "tar", "xzf", ARCHIVE.toString());
    assertThat(tar.code()).as(tar.err()).isZero();
    home = folder.resolve("regularizedvi-" + VERSION);
    assertThat(home).isDirectory();
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path place = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          tools.resolve(tool), Files.exists(place) ? place : Path.of("/bin", tool));
    }
    bare = Map.of("PATH", tools.toString(), "HOME", "/nonexistent");
  }

  @Test
  void versionIsBare() throws Exception {
    assertThat(run(folder, bare, launcher().toString(), "--version"))
        .isEqualTo(new Ended(0, VERSION + "\n", ""));
  }

  @Test
  void runsThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), launcher());
    assertThat(run(folder, bare, link.toString(), "--version").out()).isEqualTo(VERSION + "\n");
  }

  /** The demo trains to the bits of the source build, and leaves the archive as it was. */
  @Test
  void demoGivesTheBitsOfTheSourceBuild() throws Exception {
    Set<Path> before = files(home);
    Path here = Files.createDirectory(folder.resolve("archive"));
    Ended demo = run(here, bare, launcher().toString(), "demo");
    assertThat(demo.code()).as(demo.err()).isZero();
    assertThat(demo.out()).contains("Trained 80 epochs", "regularizedvi-demo/report.html");
    assertThat(demo.err()).doesNotContain("WARNING", "warning");
    Path there = Files.createDirectory(folder.resolve("source"));
    String launcher = Path.of("..", "regularizedvi").toRealPath().toString();
    Ended source = run(there, System.getenv(), launcher, "demo");
    assertThat(source.code()).as(source.err()).isZero();
    for (String file : List.of("model/model.safetensors", "kang_pbmc_latent.h5ad")) {
      Path made = Path.of("regularizedvi-demo").resolve(file);
      assertThat(here.resolve(made)).hasSameBinaryContentAs(there.resolve(made));
    }
    assertThat(here.resolve("regularizedvi-demo/report.html"))
        .content()
        .contains("<svg", "</html>");
    assertThat(files(home)).isEqualTo(before);
  }

  /** What jdeps finds that the program's own classes use is in the run time, and nothing more. */
  @Test
  void runTimeHasTheModulesThatAreNeeded() throws Exception {
    Ended modules =
        run(folder, bare, home.resolve("runtime/bin/java").toString(), "--list-modules");
    assertThat(modules.out().lines().map(line -> line.replaceAll("@.*", ""))).containsAll(MODULES);
    List<String> arguments = new ArrayList<>(List.of("-s", "--ignore-missing-deps"));
    arguments.addAll(List.of("--multi-release", "25", "--add-modules", "jdk.incubator.vector"));
    arguments.addAll(List.of("-cp", String.join(File.pathSeparator, jars(".*\\.jar"))));
    arguments.addAll(jars("regularizedvi.*\\.jar"));
    Set<String> needed = new TreeSet<>();
    jdeps(arguments)
        .lines()
        .filter(line -> line.matches("regularizedvi\\S*\\.jar -> (java|jdk)\\.\\S*"))
        .forEach(line -> needed.add(line.substring(line.indexOf("-> ") + 3)));
    assertThat(needed).isEqualTo(new TreeSet<>(MODULES));
  }

  /**
   * The class path holds all classes that the program's own use, those of other jars' parts too.
   */
  @Test
  void classesThatItsOwnUseAreThere() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--missing-deps", "--multi-release", "25"));
    arguments.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    arguments.addAll(List.of("-cp", String.join(File.pathSeparator, jars(".*\\.jar"))));
    List<String> own = jars("regularizedvi(?!-parts).*\\.jar");
    assertThat(own).hasSizeGreaterThan(1);
    arguments.addAll(own);
    assertThat(jdeps(arguments)).isEmpty();
  }

  /**
   * The list has each jar and native library that is not ours, and the texts that it names exist.
   */
  @Test
  void licencesOfAllThatItContains() throws IOException {
    Path licences = home.resolve("licences");
    List<String[]> rows =
        Files.readAllLines(licences.resolve("README.md")).stream()
            .filter(line -> line.startsWith("| ") && line.contains("`"))
            .map(line -> line.split("\\|"))
            .toList();
    List<String> listed = rows.stream().flatMap(row -> quoted(row[2])).toList();
    for (Path file : files(home)) {
      String name = home.relativize(file).toString();
      if (name.matches("native/.*|lib/(?!regularizedvi).*\\.jar")) {
        assertThat(listed).as("licence of %s", name).anyMatch(glob -> matches(glob, name));
      }
    }
    for (String text : rows.stream().flatMap(row -> quoted(row[4])).toList()) {
      String glob = home.relativize(licences.resolve(text).normalize()).toString();
      try (Stream<Path> all = Files.walk(home)) {
        assertThat(all.map(file -> home.relativize(file).toString()))
            .as(text)
            .anyMatch(name -> matches(glob, name));
      }
    }
    assertThat(home.resolve("LICENSE")).exists();
  }

  @Test
  void checksumAndBillOfMaterialsAreThere() throws Exception {
    String digest =
        "%064x"
            .formatted(
                new BigInteger(
                    1, MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(ARCHIVE))));
    assertThat(Path.of(ARCHIVE + ".sha256"))
        .content()
        .isEqualTo("%s *%s%n".formatted(digest, ARCHIVE.getFileName()));
    assertThat(home.resolve("sbom.json"))
        .as("not made by mvn -o")
        .content()
        .contains("CycloneDX", "pkg:maven/org.bytedeco/dnnl@", "pkg:maven/info.picocli/picocli@");
  }

  private static List<String> jars(String name) throws IOException {
    return files(home.resolve("lib")).stream()
        .filter(file -> file.getFileName().toString().matches(name))
        .map(Path::toString)
        .toList();
  }

  private static String jdeps(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintWriter print = new PrintWriter(out, true, UTF_8);
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(print, print, arguments.toArray(new String[0]));
    return out.toString(UTF_8);
  }

  private static Stream<String> quoted(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(result -> result.group(1));
  }

  private static boolean matches(String glob, String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
  }

  private static Path launcher() {
    return home.resolve("bin/regularizedvi");
  }

  private static Set<Path> files(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      return new TreeSet<>(all.filter(Files::isRegularFile).toList());
    }
  }

  private static Ended run(Path where, Map<String, String> environment, String... command)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err));
  }
}
