package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.OS;

/** A copy of the launcher in a project of its own, with only the tools that it is allowed. */
final class Sandbox {
  private static final List<String> TOOLS =
      List.of(
          "bash", "cat", "find", "grep", "ln", "mkdir", "mv", "readlink", "rm", "sleep", "touch");

  final Path root;
  final Path tools;
  final Map<String, String> environment = new HashMap<>();

  Sandbox(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("a project"));
    tools = Files.createDirectories(folder.resolve("tools"));
    Files.copy(Path.of("..", "regularizedvi").toAbsolutePath(), root.resolve("regularizedvi"));
    Files.setPosixFilePermissions(
        root.resolve("regularizedvi"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Path start = Path.of("cli", "src", "main", "launcher", "start.sh");
    Files.createDirectories(root.resolve(start).getParent());
    Files.copy(Path.of("..").resolve(start), root.resolve(start));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    for (String module : List.of("kernel", "model", "cli")) {
      Path sources = Files.createDirectories(root.resolve(module + "/src/main/java"));
      Files.writeString(sources.resolve("A.java"), "class A {}");
      Files.writeString(root.resolve(module + "/pom.xml"), "<project/>");
    }
    for (String tool : TOOLS) {
      script(tools.resolve(tool), "exec " + where(tool) + " \"$@\"");
    }
    environment.put("PATH", tools.toString());
    environment.put("REGULARIZEDVI_JDK_FOLDERS", folder.resolve("jdks").toString());
  }

  /** A sandbox in which the program lies built, to be run on the JVM of this test. */
  static Sandbox withProgram(Path folder) throws IOException {
    return withProgram(folder, classPath());
  }

  /** {@return the jars and folders that this test runs with} */
  static Stream<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of);
  }

  /** A sandbox in which the program lies built of other jars and folders. */
  static Sandbox withProgram(Path folder, Stream<Path> classPath) throws IOException {
    Sandbox sandbox = new Sandbox(folder);
    sandbox.environment.put("JAVA_HOME", System.getProperty("java.home"));
    sandbox.environment.put("HOME", System.getProperty("user.home"));
    Path target = Files.createDirectories(sandbox.root.resolve("cli/target/lib")).getParent();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            classPath.map(entry -> entry.toUri().toString()).collect(Collectors.joining(" ")));
    Path jar = target.resolve("regularizedvi.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return sandbox;
  }

  /** Does without the compiler of long runs, which takes a third of a short one. */
  Sandbox forShortRuns() {
    environment.merge("JAVA_OPTS", "-XX:TieredStopAtLevel=1", (given, more) -> given + " " + more);
    return this;
  }

  static Path where(String tool) {
    return List.of("/bin", "/usr/bin").stream()
        .map(folder -> Path.of(folder, tool))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + tool));
  }

  /** Makes a folder that looks like a JDK; its java tells how it was called. */
  Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(root.resolveSibling("jdks").resolve(name));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/javac"), "exit 0");
    script(
        home.resolve("bin/java"),
        "printf '<%s>' \"$@\"; echo; echo coretype=${OPENBLAS_CORETYPE-unset}\n"
            + "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2; echo other >&2");
    return home;
  }

  /** Makes a Maven that counts its calls and lays a program where the real one would. */
  void maven(String then) throws IOException {
    script(
        tools.resolve("mvn"),
        "echo \"$JAVA_HOME $*\" >> calls; mkdir -p cli/target/lib\n"
            + "touch cli/target/regularizedvi.jar; "
            + then);
  }

  List<String> mavenCalls() throws IOException {
    Path calls = root.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!" + where("bash") + "\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Process start(Path launcher, Path folder, String... arguments) throws IOException {
    return start(Redirect.to(root.resolveSibling("err").toFile()), launcher, folder, arguments);
  }

  private Process start(Redirect error, Path launcher, Path folder, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(listeningToInterrupts());
    command.addAll(List.of(where("bash").toString(), launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectOutput(root.resolveSibling("out").toFile());
    builder.redirectError(error);
    return builder.start();
  }

  /**
   * Whoever starts Maven in the background of a script has all that it starts ignore SIGINT, and
   * nobody can listen to it again but by a tool that Linux has.
   */
  private static List<String> listeningToInterrupts() {
    return OS.LINUX.isCurrentOs()
        ? List.of(where("env").toString(), "--default-signal=INT")
        : List.of();
  }

  /** Sends a signal by its name. */
  void signal(Process process, String name) throws IOException, InterruptedException {
    new ProcessBuilder(where("bash").toString(), "-c", "kill -%s %d".formatted(name, process.pid()))
        .start()
        .waitFor();
  }

  /** Runs the launcher from another folder and waits for its end. */
  Cli run(String... arguments) throws IOException, InterruptedException {
    return run(root.resolve("regularizedvi"), arguments);
  }

  /**
   * Reads standard error to its end: a filter, which may end after the program, has it until then.
   */
  Cli run(Path launcher, String... arguments) throws IOException, InterruptedException {
    Process process = start(Redirect.PIPE, launcher, tools, arguments);
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Cli(process.waitFor(), out(), error);
  }

  String out() throws IOException {
    return Files.readString(root.resolveSibling("out"), UTF_8);
  }

  String err() throws IOException {
    return Files.readString(root.resolveSibling("err"), UTF_8);
  }
}
