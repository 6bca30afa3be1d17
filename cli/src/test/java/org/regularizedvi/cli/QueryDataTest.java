package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;

/** A model asked about files whose features are called otherwise, or are not all there. */
final class QueryDataTest {
  private static final int CELLS = 40;
  private static final int GENES = 12;

  @TempDir static Path dir;
  private static Path trained;
  private static Path model;

  /** The symbol of the last two genes is the same. */
  private static List<String> symbols() {
    return IntStream.range(0, GENES).mapToObj(g -> "gene" + Math.min(g, GENES - 2)).toList();
  }

  private static List<String> ids(String version) {
    return IntStream.range(0, GENES).mapToObj(g -> "ENSG%011d%s".formatted(g, version)).toList();
  }

  /**
   * Writes cells, always the same.
   *
   * @param genes those that are written
   * @param zeros those of them without counts
   */
  private static Path write(
      String name, List<String> index, List<String> ids, int[] genes, List<Integer> zeros) {
    int[] indptr = new int[CELLS + 1];
    List<Integer> indices = new ArrayList<>();
    for (int cell = 0; cell < CELLS; cell++) {
      for (int column = 0; column < genes.length; column++) {
        if ((cell + genes[column]) % 3 > 0 && !zeros.contains(genes[column])) {
          indices.add(column);
        }
      }
      indptr[cell + 1] = indices.size();
    }
    float[] counts = new float[indices.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = 1 + genes[indices.get(i)] % 5;
    }
    SparseRows rows =
        new SparseRows(
            genes.length, indptr, indices.stream().mapToInt(Integer::intValue).toArray(), counts);
    Column column = new Column.Text(Arrays.stream(genes).mapToObj(ids::get).toArray(String[]::new));
    Path file = dir.resolve(name);
    Formats.writer(file, false)
        .write(
            file,
            NewCells.ofOne(
                CountsInMemory.of(rows),
                IntStream.range(0, CELLS).mapToObj(c -> "cell" + c).toList(),
                Arrays.stream(genes).mapToObj(index::get).toList(),
                List.of(new Addition.VarColumn("gene_ids", column))),
            IfExists.REFUSE);
    return file;
  }

  private static int[] all() {
    return IntStream.range(0, GENES).toArray();
  }

  @BeforeAll
  static void train() {
    trained = write("cells.h5ad", symbols(), ids(""), all(), List.of());
    model = dir.resolve("model");
    Cli cli =
        Cli.run(
            "train",
            trained,
            "--model-dir",
            model,
            "--feature-names",
            "gene_ids",
            "--max-epochs",
            1,
            "--n-hidden",
            4,
            "--n-latent",
            2);
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private static Cli embed(Path cells, Object... more) {
    List<Object> all = new ArrayList<>(List.of("embed", cells, "--model-dir", model, "--out"));
    all.add(dir.resolve("out_" + cells.getFileName()));
    all.addAll(List.of("--overwrite"));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private static float[] latent(Path cells) {
    try (CellSource out = Formats.open(dir.resolve("out_" + cells.getFileName()))) {
      return out.obsm("X_regularizedvi").values();
    }
  }

  @Test
  void theColumnThatNamedTheFeaturesDoesItAgain() {
    Cli embedded = embed(trained);
    assertThat(embedded.code()).as(embedded.err()).isZero();
    assertThat(embedded.err()).startsWith("embedded 40 cells");
  }

  @Test
  void namesThatRepeatAreMadeUniqueWhereAsked() {
    Path other = dir.resolve("unique");
    List<Object> line =
        List.of("train", trained, "--model-dir", other, "--max-epochs", 1, "--n-hidden", 4);
    assertThat(Cli.run(line.toArray()).refusal())
        .contains("'gene10'", "is used twice", "--make-var-names-unique");
    List<Object> asked = new ArrayList<>(line);
    asked.add("--make-var-names-unique");
    Cli cli = Cli.run(asked.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  @Test
  void versionsOfIdsAreLeftOutWhereAsked() {
    Path versioned = write("versioned.h5ad", ids(".7"), ids(""), all(), List.of());
    List<String> none = IntStream.range(0, GENES).mapToObj(g -> "none" + g).toList();
    Path index = write("index.h5ad", ids(".7"), none, all(), List.of());
    assertThat(embed(versioned).code()).isZero();
    assertThat(embed(index, "--feature-names", "gene_ids").refusal())
        .contains("lacks 12 of the model's 12 features", "ENSG00000000000");
    Path named = write("named.h5ad", none, ids(".7"), all(), List.of());
    assertThat(embed(named).refusal())
        .contains("12 of its features have these names but for the version", "--strip-versions");
    assertThat(embed(named, "--strip-versions").code()).isZero();
    embed(trained);
    assertThat(latent(named)).isEqualTo(latent(trained));
  }

  @Test
  void featuresThatAreMissingAreZeroWhereAsked() {
    int[] some = IntStream.range(2, GENES).toArray();
    Path lacking = write("lacking.h5ad", symbols(), ids(""), some, List.of());
    Path zero = write("zero.h5ad", symbols(), ids(""), all(), List.of(0, 1));
    assertThat(embed(lacking).refusal())
        .contains(
            "lacks 2 of the model's 12 features: ENSG00000000000, ENSG00000000001",
            "--missing-features zero");
    Cli filled = embed(lacking, "--missing-features", "zero");
    assertThat(filled.code()).as(filled.err()).isZero();
    assertThat(filled.err()).startsWith("lacking.h5ad lacks 2 of").contains("taken as zero");
    assertThat(embed(zero).code()).isZero();
    assertThat(latent(lacking)).isEqualTo(latent(zero));
    int[] few = IntStream.range(6, GENES).toArray();
    Path poor = write("poor.h5ad", symbols(), ids(""), few, List.of());
    assertThat(embed(poor, "--missing-features", "zero").err())
        .startsWith("warning: poor.h5ad lacks 6");
  }
}
