package org.regularizedvi.model.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** The processor that libtorch runs on and how many of its threads it takes. */
public final class Processor {
  private static final Path LINUX_INFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * Sets how many threads one library call may use; results of products can depend on it in their
   * last bits.
   */
  public static void setThreads(int threads) {
    torch.set_num_threads(threads);
  }

  public static int threads() {
    return torch.get_num_threads();
  }

  /** The processor's name as Linux tells it, or the architecture elsewhere. */
  public static String name() {
    if (!Files.isReadable(LINUX_INFO)) {
      return System.getProperty("os.arch");
    }
    try {
      List<String> lines = Files.readAllLines(LINUX_INFO);
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
