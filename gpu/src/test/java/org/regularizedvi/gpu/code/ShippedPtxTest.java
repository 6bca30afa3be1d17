package org.regularizedvi.gpu.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The PTX in the jar is what NVRTC 12.1 makes of the sources. Without that library the digest of
 * the sources at its head is compared; {@code gpu/src/test/ptx/make.sh} has it compiled, compared
 * and assembled, and with {@code write} written.
 */
final class ShippedPtxTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path SHIPPED =
      Path.of("src/main/resources/org/regularizedvi/gpu/code/kernels.ptx");
  private static final String HEAD = "// Sources: SHA-256 ";
  private static final String VERSION = "12.1";

  /**
   * Bytes of a thread: eight registers, which the head puts aside for its call for large counts.
   */
  private static final int MOST_SPILLED = 32;

  @Test
  void isOfTheseSources() throws IOException {
    assertThat(Code.module().lines().findFirst()).hasValue(HEAD + digest());
  }

  @Test
  void hasEveryKernel() {
    for (Code code : Code.values()) {
      assertThat(Code.module()).contains(".entry " + code.symbol() + "(");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "nvrtc", matches = ".+")
  void isWhatTheCompilerMakes() throws IOException {
    Nvrtc nvrtc = new Nvrtc(Path.of(System.getProperty("nvrtc")).toAbsolutePath());
    assertThat(nvrtc.version()).isEqualTo(VERSION);
    Path headers = Files.createDirectories(Path.of("target/ptx"));
    Files.writeString(headers.resolve("constants.h"), ConstantsHeader.text());
    String made =
        HEAD
            + digest()
            + "\n"
            + nvrtc.compile(
                Files.readString(SOURCES.resolve("kernels.cu")),
                List.of(
                    "--gpu-architecture=compute_80",
                    "--fmad=false",
                    "--std=c++17",
                    "--include-path=" + SOURCES,
                    "--include-path=" + headers));
    Files.writeString(headers.resolve("kernels.ptx"), made);
    if (Boolean.getBoolean("ptx.write")) {
      Files.createDirectories(SHIPPED.getParent());
      Files.writeString(SHIPPED, made);
    }
    assertThat(made.equals(Files.readString(SHIPPED))).as("the same bytes").isTrue();
  }

  /** A kernel whose registers do not suffice is slow in silence; some few that wait do no harm. */
  @ParameterizedTest
  @ValueSource(strings = {"sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_120"})
  @EnabledIfSystemProperty(named = "ptxas", matches = ".+")
  void isAssembledWithFewSpills(String architecture) throws Exception {
    Path out = Files.createDirectories(Path.of("target/ptx")).resolve(architecture + ".cubin");
    Process process =
        new ProcessBuilder(
                System.getProperty("ptxas"),
                "-v",
                "-arch=" + architecture,
                "-o",
                out.toString(),
                SHIPPED.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    Files.writeString(out.resolveSibling(architecture + ".txt"), said);
    List<Integer> spills =
        Pattern.compile("(\\d+) bytes spill stores")
            .matcher(said)
            .results()
            .map(found -> Integer.parseInt(found.group(1)))
            .toList();
    assertThat(spills).hasSizeGreaterThanOrEqualTo(Code.values().length);
    assertThat(spills).allMatch(bytes -> bytes <= MOST_SPILLED);
  }

  /** {@return the digest of all that the compiler reads} */
  private static String digest() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
      digest.update(ConstantsHeader.text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
