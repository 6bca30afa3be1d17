package org.regularizedvi.core.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.kernel.instruction.Instructions;

/** Tells about the processor: what it is, what it can do, and how many of its threads are used. */
public final class Processor {
  private static final Path LINUX_INFO = Path.of("/proc/cpuinfo");

  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  private Processor() {}

  /**
   * Sets how many threads training and evaluation use from now on, in this process.
   *
   * @param number how many, 1 or more
   */
  public static void setThreads(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + number);
    }
    threads = number;
  }

  /** {@return the bytes of memory that this machine, or the container that this runs in, has} */
  public static long memory() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /** {@return how many threads training and evaluation use} */
  public static int threads() {
    return threads;
  }

  /** {@return the processor's name as Linux tells it, or the architecture elsewhere} */
  public static String name() {
    return line("model name")
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse(System.getProperty("os.arch"));
  }

  /**
   * {@return a sentence that says why training will take very long, if it will} Without an
   * instruction for fused multiply-add, as on x86-64 before AVX and on emulators that offer no
   * more, the JVM makes each of them of objects.
   */
  public static Optional<String> warning() {
    return Instructions.multiplyAndAdd()
        ? Optional.empty()
        : Optional.of(
            "warning: the JVM finds no instruction for fused multiply-add on this processor (%s) or its emulator; training and questions take hundreds of times as long as with one, which every x86-64 processor with AVX2 and every arm64 processor has"
                .formatted(name()));
  }

  private static Optional<String> line(String start) {
    if (!Files.isReadable(LINUX_INFO)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(LINUX_INFO)) {
      return lines.filter(line -> line.startsWith(start)).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
