package org.regularizedvi.formats.damage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link Reader} in a process of its own, started again whenever a file ends it. */
final class Worker implements AutoCloseable {
  static final String CRASHED = "CRASHED";
  static final String STALLED = "STALLED";

  /** What the JVM begins with to say that native code has crashed. */
  private static final String FATAL = "#";

  private static final int PATIENCE_SECONDS = 15;

  private final String what;
  private Optional<Process> process = Optional.empty();
  private BufferedReader answers = new BufferedReader(java.io.Reader.nullReader());

  Worker(String what) {
    this.what = what;
  }

  /** Has the file read and returns what was said of it, or how the process ended. */
  String ask(Path file) {
    try {
      if (process.filter(Process::isAlive).isEmpty()) {
        start();
      }
      Process running = process.orElseThrow();
      running.getOutputStream().write((file + "\n").getBytes(StandardCharsets.UTF_8));
      running.getOutputStream().flush();
      String answer =
          CompletableFuture.supplyAsync(this::line, Worker::thread)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer.isEmpty() || answer.startsWith(FATAL)) {
        running.destroyForcibly().waitFor();
        process = Optional.empty();
        return CRASHED + " " + running.exitValue();
      }
      return answer;
    } catch (TimeoutException e) {
      close();
      return STALLED;
    } catch (IOException e) {
      // What an earlier file damaged in the process has ended it only now.
      close();
      return CRASHED + " late";
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** The common pool has few threads: who waits for one worker must not wait for another. */
  private static void thread(Runnable task) {
    Thread.ofPlatform().daemon().start(task);
  }

  private String line() {
    try {
      String line = answers.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "-XX:+DisplayVMOutputToStderr",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    org.regularizedvi.formats.damage.Reader.class.getName(),
                    what))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("MALLOC_PERTURB_", what.equals("walk") ? "165" : "0");
    process = Optional.of(builder.start());
    answers = process.get().inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
    process = Optional.empty();
  }
}
