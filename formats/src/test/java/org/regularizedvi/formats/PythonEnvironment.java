package org.regularizedvi.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python environment with the packages of src/test/python/requirements.txt, made under target/ by
 * the first test that asks. Without Python the test is skipped, or fails where the environment
 * variable CI is "true".
 */
public final class PythonEnvironment {
  // Tests of other modules use it too: they run in the folders beside this one.
  private static final Path MODULE = Path.of("..", "formats").toAbsolutePath().normalize();
  private static final Path SCRIPTS = MODULE.resolve("src/test/python");
  private static final Path HOME = MODULE.resolve("target/venv");
  private static final long MINUTES = 20;
  private static Optional<PythonHost> host = Optional.empty();

  private PythonEnvironment() {}

  /**
   * Runs a script of src/test/python, or one given with its whole path, and returns what it
   * printed; the test fails if the script does.
   */
  public static String run(String script, Object... arguments) {
    make();
    List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      PythonHost.Outcome outcome = host().run(command);
      if (outcome.code() != 0) {
        throw new AssertionError(script + " ended with " + outcome.code() + ":\n" + outcome.text());
      }
      return outcome.text();
    } catch (IOException e) {
      throw new AssertionError("Running " + script, e);
    }
  }

  private static synchronized PythonHost host() throws IOException {
    if (host.isEmpty()) {
      host = Optional.of(new PythonHost(HOME.resolve("bin/python"), SCRIPTS.resolve("host.py")));
    }
    return host.get();
  }

  /**
   * Runs a script of src/test/python in a process of its own, since it takes other versions of the
   * packages than the common one has imported.
   */
  static String runAlone(String script, Object... arguments) {
    make();
    return run(HOME, SCRIPTS.resolve(script), arguments);
  }

  /**
   * Runs a script in an environment of its own, made beside the common one: for packages too large
   * for every build.
   *
   * @param name of the environment
   */
  public static String runIn(String name, Path requirements, Path script, Object... arguments) {
    Path home = HOME.resolveSibling("venv-" + name);
    make(home, requirements);
    return run(home, script, arguments);
  }

  private static String run(Path home, Path script, Object... arguments) {
    List<String> command =
        new ArrayList<>(List.of(home.resolve("bin/python").toString(), script.toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Outcome outcome = execute(command);
    if (outcome.code != 0) {
      throw new AssertionError(script + " ended with " + outcome.code + ":\n" + outcome.text);
    }
    return outcome.text;
  }

  /**
   * Installs a package without its dependencies into a folder of its own and returns the folder.
   */
  static Path installAlone(String requirement) {
    make();
    Path folder = HOME.resolveSibling("python-" + requirement.replace("==", "-"));
    if (!Files.exists(folder.resolve("complete"))) {
      require(
          execute(
              command(
                  "-m",
                  "pip",
                  "-q",
                  "install",
                  "--no-compile",
                  "--no-deps",
                  "--target",
                  folder.toString(),
                  requirement)));
      touch(folder.resolve("complete"), requirement);
    }
    return folder;
  }

  /**
   * Installs a package of this project into the common environment and runs its own tests.
   *
   * @param sources the folder with its pyproject.toml and its folder tests
   * @param environment variables beside those of this process
   */
  public static void testPackage(Path sources, Map<String, String> environment) {
    make();
    String folder = sources.toAbsolutePath().normalize().toString();
    for (List<String> command :
        List.of(
            // What it is built with is installed already, and so is what it needs.
            command("-m", "pip", "-q", "install", "--no-deps", "--no-build-isolation", folder),
            // Nothing is written into the sources.
            command("-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", folder))) {
      Outcome outcome = execute(command, environment);
      if (outcome.code != 0) {
        throw new AssertionError(command + " ended with " + outcome.code + ":\n" + outcome.text);
      }
    }
  }

  private static void make() {
    make(HOME, SCRIPTS.resolve("requirements.txt"));
  }

  /** Makes an environment once, whichever thread or process of tests asks first. */
  private static synchronized void make(Path home, Path requirements) {
    try (FileChannel file =
            FileChannel.open(
                Files.createDirectories(home.getParent()).resolve(home.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = file.lock()) {
      String wanted = Files.readString(requirements);
      Path complete = home.resolve("complete");
      if (Files.exists(complete) && Files.readString(complete).equals(wanted)) {
        return;
      }
      require(execute(List.of("python3", "-m", "venv", "--clear", home.toString())));
      // Python compiles what it imports, which is a small part of what the packages hold.
      require(
          execute(
              List.of(
                  home.resolve("bin/python").toString(),
                  "-m",
                  "pip",
                  "-q",
                  "install",
                  "--no-compile",
                  "-r",
                  requirements.toString())));
      touch(complete, wanted);
    } catch (IOException e) {
      throw new AssertionError("Reading the requirements", e);
    }
  }

  private static void touch(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new AssertionError("Writing " + file, e);
    }
  }

  /** Fails under CI and skips elsewhere. */
  private static void require(Outcome outcome) {
    if (outcome.code != 0) {
      String message = "No Python environment could be made: " + outcome.text;
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort(message);
    }
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/python").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private record Outcome(int code, String text) {}

  private static Outcome execute(List<String> command) {
    return execute(command, Map.of());
  }

  private static Outcome execute(List<String> command, Map<String, String> environment) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      String text =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Outcome(-1, command + " took more than " + MINUTES + " minutes");
      }
      return new Outcome(process.exitValue(), text.strip());
    } catch (IOException e) {
      return new Outcome(-1, e.toString());
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while running " + command, e);
    }
  }
}
