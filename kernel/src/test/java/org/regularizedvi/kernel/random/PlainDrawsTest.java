package org.regularizedvi.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without AVX2 numbers are drawn by plain Java, as vectors of them would be objects. */
class PlainDrawsTest {
  /** What a JVM prints that is told to do with less than the processor has. */
  public static final class Answer {
    private Answer() {}

    /** Prints whether it draws by vectors. */
    public static void main(String[] args) {
      System.out.println(VectorDraws.fits());
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
  void beforeAvx2PlainJavaIsTaken(int level) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:UseAVX=" + level,
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Answer.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said).isEqualTo("false");
  }
}
