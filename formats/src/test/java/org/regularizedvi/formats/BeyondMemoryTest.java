package org.regularizedvi.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountDigest;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.input.MemoryException;

/**
 * Counts that are not stored cell by cell are read in a JVM whose memory does not hold them, to the
 * bits that a larger one finds in memory.
 */
class BeyondMemoryTest {
  /** Holds 5.5 million counts and nothing else. */
  private static final String HEAP = "-Xmx44m";

  private static final int COUNTS = 6_000_000;

  @TempDir Path folder;
  private Path temporary;

  @BeforeEach
  void temporary() throws IOException {
    temporary = Files.createDirectory(folder.resolve("temporary"));
  }

  private static String inMemory(Path input) {
    try (CellSource cells = Formats.open(input)) {
      return cells.counts("").digest();
    }
  }

  private String inChild(String how, Path input) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BeyondMemoryTest.class.getName(),
                how,
                input.toString(),
                temporary.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  /** Reads counts as a training on disk does, or into memory, and prints their digest. */
  public static void main(String[] arguments) {
    Selection selection =
        new Selection(
            List.of(), CellJoin.UNION, Map.of(), CountChecks.INTEGERS, Path.of(arguments[2]));
    try (CellSource cells = Formats.open(Path.of(arguments[1]), selection)) {
      if (arguments[0].equals("memory")) {
        assertThatThrownBy(() -> cells.counts("")).isInstanceOf(MemoryException.class);
        System.out.println("refused");
        return;
      }
      try (CountReader reader = cells.countReader("")) {
        CountDigest digest = new CountDigest(reader.rows(), reader.columns());
        for (var rows = reader.next(512); rows.isPresent(); rows = reader.next(512)) {
          digest.add(rows.get());
        }
        System.out.println(digest.hex());
      }
    }
  }

  private void requireSame(Path input) throws IOException, InterruptedException {
    assertThat(inChild("memory", input)).isEqualTo("refused");
    assertThat(inChild("stream", input)).isEqualTo(inMemory(input));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void countsStoredByColumns() throws Exception {
    Path input = folder.resolve("csc.h5ad");
    PythonEnvironment.run("make_large_csc.py", input, 9_000, 2_000, COUNTS / 2_000);
    requireSame(input);
  }

  @Test
  void aMatrixMarketFileInNoOrder() throws Exception {
    int cells = 9_000;
    int genes = 2_000;
    Files.write(
        folder.resolve("genes.tsv"), IntStream.range(0, genes).mapToObj(i -> "g" + i).toList());
    Files.write(
        folder.resolve("barcodes.tsv"), IntStream.range(0, cells).mapToObj(i -> "c" + i).toList());
    SplittableRandom random = new SplittableRandom(4);
    try (PrintWriter out =
        new PrintWriter(folder.resolve("matrix.mtx").toFile(), StandardCharsets.US_ASCII)) {
      out.printf("%%%%MatrixMarket matrix coordinate integer general%n");
      out.printf("%d %d %d%n", genes, cells, COUNTS);
      for (int i = 0; i < COUNTS; i++) {
        out.print(1 + random.nextInt(genes));
        out.print(' ');
        out.print(1 + random.nextInt(cells));
        out.print(' ');
        out.println(1 + random.nextInt(5));
      }
    }
    requireSame(folder);
  }
}
