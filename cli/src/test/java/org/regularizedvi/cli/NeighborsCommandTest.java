package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.mudata.MuDataFile;

/** Neighbours, UMAP and clusters through the command line, into files that Python reads. */
class NeighborsCommandTest {
  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
  private static final int CELLS = 150;
  private static final int ABSENT = 20;

  @TempDir Path folder;

  /** Three kinds of cells apart from each other, in two batches that mix. */
  private static FloatMatrix representation() {
    Random random = new Random(1);
    float[] values = new float[CELLS * 4];
    for (int i = 0; i < values.length; i++) {
      int kind = i / 4 % 3;
      values[i] = (float) (random.nextGaussian() + (i % 4 == kind ? 8 : 0));
    }
    return new FloatMatrix(CELLS, 4, values);
  }

  private static FloatMatrix withoutOne() {
    FloatMatrix matrix = representation();
    Arrays.fill(matrix.values(), ABSENT * 4, ABSENT * 4 + 4, Float.NaN);
    return matrix;
  }

  private static String[] texts(int kinds, String name) {
    return IntStream.range(0, CELLS).mapToObj(i -> name + i % kinds).toArray(String[]::new);
  }

  private static List<String> names() {
    return IntStream.range(0, CELLS).mapToObj(c -> "cell" + c).toList();
  }

  private static SparseRows noCounts() {
    return new SparseRows(1, new int[CELLS + 1], new int[0], new float[0]);
  }

  private Path input(FloatMatrix representation) {
    Path file = folder.resolve("cells.h5ad");
    Formats.write(
        file,
        NewCells.ofOne(
            CountsInMemory.of(noCounts()),
            names(),
            List.of("gene"),
            List.of(
                new Addition.ObsColumn("kind", new Column.Text(texts(3, "k"))),
                new Addition.ObsColumn("batch", new Column.Text(texts(2, "b"))),
                new Addition.ObsColumn("same", new Column.Text(texts(1, "s"))),
                new Addition.Obsm("X_z", representation))),
        IfExists.REFUSE);
    return file;
  }

  private Cli run(Path input, String out, Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("neighbors", input, "--use-rep", "X_z", "--out", folder.resolve(out)));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void anndataReadsWhatIsWritten() {
    Path input = input(withoutOne());
    Cli cli = run(input, "out.h5ad", "--umap", "--leiden", "--scores", "batch=batch,label=kind");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .containsPattern("ilisi +0\\.\\d{4}\n")
        .containsPattern("silhouette_batch +0\\.\\d{4}\n")
        .contains("warning: 1 of 150 cells has no values in obsm['X_z'] and was left out\n")
        .contains("found 15 neighbours of 149 cells and ", "; wrote " + folder.resolve("out.h5ad"));
    assertThat(
            PythonEnvironment.run(
                SCRIPTS.resolve("check_map.py").toString(), folder.resolve("out.h5ad")))
        .isEqualTo(
            "fits 150 15 ['ari', 'batch_key', 'clisi', 'ilisi', 'label_key', 'nmi',"
                + " 'silhouette_batch', 'silhouette_label', 'use_rep']");
  }

  @Test
  void kindsAreFoundAgain() {
    Path input = input(representation());
    run(input, "out.h5ad", "--leiden", "--resolution", "0.2", "--scores", "label=kind");
    try (AnnDataFile file = AnnDataFile.open(folder.resolve("out.h5ad"))) {
      Column.Categorical clusters = (Column.Categorical) file.obs("leiden");
      assertThat(clusters.categories()).containsExactly("0", "1", "2");
      for (int i = 3; i < CELLS; i++) {
        assertThat(clusters.codes()[i]).isEqualTo(clusters.codes()[i % 3]);
      }
      assertThat(file.uns("regularizedvi_scores").orElseThrow().toString())
          .contains("ari=Real[value=1.0]", "clisi=Real[value=0.9999")
          .doesNotContain("ilisi");
    }
  }

  @Test
  void ofMoreCellsThanAskedForSomeAreDrawnAndThatIsTold() {
    Path input = input(withoutOne());
    Cli cli =
        run(
            input,
            "out.h5ad",
            "--umap",
            "--leiden",
            "--scores",
            "batch=batch,label=kind",
            "--map-n-obs",
            "100");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains(
            "neighbours, layout, clusters and scores are those of 100 of 149 cells, drawn at random;",
            "warning: 1 of 150 cells has no values in obsm['X_z'] and was left out\n",
            "found 15 neighbours of 100 cells and ");
    try (AnnDataFile file = AnnDataFile.open(folder.resolve("out.h5ad"))) {
      int[] clusters = ((Column.Categorical) file.obs("leiden")).codes();
      assertThat(Arrays.stream(clusters).filter(code -> code >= 0)).hasSize(100);
      SparseRows distances = file.obsp("distances");
      for (int cell = 0; cell < CELLS; cell++) {
        int neighbours = distances.indptr()[cell + 1] - distances.indptr()[cell];
        assertThat(neighbours).isEqualTo(clusters[cell] < 0 ? 0 : 14);
        assertThat(Float.isNaN(file.obsm("X_umap").at(cell, 0))).isEqualTo(clusters[cell] < 0);
      }
      assertThat(file.uns("regularizedvi_scores").orElseThrow().toString())
          .contains("n_obs=Whole[value=100]");
    }
  }

  @Test
  void threadsDoNotChangeABit() throws Exception {
    Path input = input(representation());
    run(input, "one.h5ad", "--umap", "--leiden", "--threads", "1");
    run(input, "three.h5ad", "--umap", "--leiden", "--threads", "3");
    run(input, "other.h5ad", "--umap", "--leiden", "--seed", "1");
    assertThat(plane("three.h5ad")).isEqualTo(plane("one.h5ad")).isNotEqualTo(plane("other.h5ad"));
  }

  private float[] plane(String name) {
    try (AnnDataFile file = AnnDataFile.open(folder.resolve(name))) {
      return file.obsm("X_umap").values();
    }
  }

  @Test
  void tablesThatModalitiesShareGetThem() {
    Path input = folder.resolve("cells.h5mu");
    List<NewModality> modalities =
        List.of(
            new NewModality(
                "rna", CountsInMemory.of(noCounts()), names(), List.of("gene"), List.of()));
    Formats.write(
        input,
        new NewCells(modalities, List.of(new Addition.Obsm("X_z", representation()))),
        IfExists.REFUSE);
    Cli cli = run(input, "out.h5mu", "--leiden", "--n-neighbors", "5");
    assertThat(cli.code()).as(cli.err()).isZero();
    try (MuDataFile file = MuDataFile.open(folder.resolve("out.h5mu"))) {
      assertThat(file.shared().obsp("distances").nonzeros()).isEqualTo(CELLS * 4);
      assertThat(file.shared().obsp("connectivities").rows()).isEqualTo(CELLS);
      assertThat(file.shared().obs("leiden").size()).isEqualTo(CELLS);
    }
  }

  @Test
  void trainAndEmbedMapTheirLatents() {
    Path cells = TinyData.write(folder.resolve("tiny.h5ad"), TinyData.genes(), "a", "b");
    Path model = folder.resolve("model");
    Path trained = folder.resolve("trained.h5ad");
    Path embedded = folder.resolve("embedded.h5ad");
    Cli train =
        Cli.run(
            "train",
            cells,
            "--out",
            trained,
            "--model-dir",
            model,
            "--umap",
            "--leiden",
            "--max-epochs",
            "1",
            "--batch-key",
            "batch",
            "--n-hidden",
            "8",
            "--n-latent",
            "3");
    assertThat(train.code()).as(train.err()).isZero();
    Cli embed =
        Cli.run("embed", cells, "--model-dir", model, "--out", embedded, "--umap", "--leiden");
    assertThat(embed.code()).as(embed.err()).isZero();
    for (Path file : List.of(trained, embedded)) {
      assertThat(PythonEnvironment.run(SCRIPTS.resolve("check_map.py").toString(), file))
          .isEqualTo("fits 60 15 []");
    }
    assertThat(Cli.run("train", cells, "--model-dir", folder.resolve("m"), "--umap").mistake())
        .isEqualTo("--umap and --leiden are written into --out OUT; expected it too.");
  }

  @Test
  void mistakesAreOneSentenceAndLeaveNothing() {
    Path input = input(representation());
    assertThat(run(input, "out.h5ad", "--n-neighbors", "151").mistake())
        .isEqualTo(
            "n_neighbors must be at most the number of cells with values in obsm['X_z'] of"
                + " cells.h5ad, 150, but is 151.");
    assertThat(run(input, "out.h5ad", "--scores", "batch=same").mistake())
        .isEqualTo(
            "cells.h5ad: obs['same'] holds only 's0'; expected two values or more to score.");
    assertThat(Cli.run("neighbors", input, "--out", folder.resolve("out.h5ad")).mistake())
        .startsWith(input + " has no 'X_regularizedvi' in obsm; ");
    assertThat(folder.resolve("out.h5ad")).doesNotExist();
  }

  @Test
  void aRowOfNumbersAndOthersIsRefused() throws Exception {
    FloatMatrix matrix = representation();
    matrix.values()[ABSENT * 4 + 2] = Float.POSITIVE_INFINITY;
    assertThat(run(input(matrix), "out.h5ad").mistake())
        .isEqualTo(
            "obsm['X_z'] of cells.h5ad holds Infinity in row 20, column 2 (counted from 0);"
                + " expected numbers, or NaN in the whole row of a cell to leave out.");
    assertThat(Files.exists(folder.resolve("out.h5ad"))).isFalse();
  }

  @Test
  @Tag("long")
  void scanpyGoesOnFromThem() throws Exception {
    Path figure = folder.resolve("umap.png");
    assertThat(run(input(representation()), "out.h5ad", "--umap", "--leiden").code()).isZero();
    String said =
        PythonEnvironment.run(
            SCRIPTS.resolve("draw_map.py").toString(), folder.resolve("out.h5ad"), figure);
    assertThat(said).contains("connectivities differ by");
    assertThat(Files.size(figure)).isGreaterThan(10_000);
  }
}
