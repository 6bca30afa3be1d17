package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of 10x Genomics on the command line. */
final class TenxFolderTest {
  private static final int CELLS = 50;
  private static final int GENES = 20;

  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void writeFolder() throws IOException {
    input = Files.createDirectory(folder.resolve("filtered_feature_bc_matrix"));
    Random random = new Random(5);
    List<String> entries =
        IntStream.range(0, CELLS * GENES)
            .filter(i -> random.nextBoolean())
            .mapToObj(
                i -> "%d %d %d".formatted(i % GENES + 1, i / GENES + 1, 1 + random.nextInt(9)))
            .toList();
    Files.writeString(
        input.resolve("matrix.mtx"),
        "%%%%MatrixMarket matrix coordinate integer general\n%d %d %d\n%s\n"
            .formatted(GENES, CELLS, entries.size(), String.join("\n", entries)));
    Files.writeString(input.resolve("barcodes.tsv"), lines(CELLS, "cell%1$d"));
    Files.writeString(
        input.resolve("features.tsv"), lines(GENES, "id%1$d\tgene%1$d\tGene Expression"));
  }

  private static String lines(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void aKeyThatItCannotHaveIsRefused() {
    assertThat(Cli.run("check", input, "--batch-key", "sample").mistake())
        .contains("has no column 'sample' in obs: a 10x matrix names its cells");
  }

  @Test
  void itsOutputIsNoFolder() {
    assertThat(Cli.run("train", input, "--out", folder.resolve("out")).mistake())
        .contains("which is only read", "the output's name must end in .h5ad");
  }
}
