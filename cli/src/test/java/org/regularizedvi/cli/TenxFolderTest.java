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
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.formats.Formats;

/** A folder of 10x Genomics goes in, an .h5ad with its counts and the latents comes out. */
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
  void isCheckedAndTrainedOn() {
    Cli check = Cli.run("check", input);
    assertThat(check.code()).as(check.err()).isZero();
    assertThat(check.out()).contains("50 cells x 20 features");
    Path out = folder.resolve("out.h5ad");
    Cli train = Cli.run("train", input, "--out", out, "--max-epochs", 1);
    assertThat(train.code()).as(train.err()).isZero();
    try (CellSource before = Formats.open(input);
        CellSource after = Formats.open(out)) {
      assertThat(after.cells().obsNames()).isEqualTo(before.cells().obsNames());
      assertThat(after.counts("").digest()).isEqualTo(before.counts("").digest());
      assertThat(after.hasObsm("X_regularizedvi")).isTrue();
    }
  }

  @Test
  void itsOutputIsNoFolder() {
    assertThat(Cli.run("train", input, "--out", folder.resolve("out")).mistake())
        .contains("which is only read", "the output's name must end in .h5ad");
  }
}
