package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** Arrays that die in the old generation, in a process of its own with the launcher's collector. */
class OldGenerationTest {
  private static final int MEGABYTES = 8;
  private static final int ARRAYS = 500;

  /** Keeps the last few of many large arrays, and says how large the old generation became. */
  static final class Churn {
    private Churn() {}

    public static void main(String[] args) throws InterruptedException {
      if (args[0].equals("watched")) {
        OldGeneration.watch();
      }
      ArrayDeque<byte[]> last = new ArrayDeque<>();
      for (int i = 0; i < ARRAYS; i++) {
        last.add(new byte[MEGABYTES << 20]);
        if (last.size() > 4) {
          last.remove();
        }
        Thread.sleep(4);
      }
      long most =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getName().equals("Tenured Gen"))
              .mapToLong(pool -> pool.getPeakUsage().getUsed() >> 20)
              .sum();
      System.out.print(most);
    }
  }

  private static int megabytes(String how) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmn32m",
                "-Xmx3g",
                "-cp",
                System.getProperty("java.class.path"),
                Churn.class.getName(),
                how)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return Integer.parseInt(said);
  }

  @Test
  void deadArraysDoNotFillIt() throws Exception {
    int alone = megabytes("alone");
    assertThat(alone).as("what it is for").isGreaterThan(1500);
    assertThat(megabytes("watched")).isLessThan(alone / 2);
  }
}
