package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataFile;

/**
 * Marker genes of neighbours: three kinds of cells in two batches, in representations where batches
 * mix within kinds, where they lie apart, and where kinds are mixed up between them.
 */
class MarkerScoresTest {
  private static final int CELLS = 180;
  private static final int GENES = 8;
  private static final int MARKERS = 6;

  @TempDir Path folder;
  private final float[][] counts = new float[CELLS][GENES];
  private Path input;

  private static int kind(int cell) {
    return cell / 2 % 3;
  }

  private static int batch(int cell) {
    return cell % 2;
  }

  private interface Centre {
    double of(int cell, int dimension);
  }

  private static Addition representation(String name, Centre centre) {
    Random random = new Random(2);
    float[] values = new float[CELLS * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + 12 * centre.of(i / 4, i % 4));
    }
    return new Addition.Obsm(name, new FloatMatrix(CELLS, 4, values));
  }

  @BeforeEach
  void write() {
    Random random = new Random(1);
    int[] indptr = new int[CELLS + 1];
    List<Integer> indices = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    for (int n = 0; n < CELLS; n++) {
      for (int g = 0; g < GENES; g++) {
        boolean own = g >= MARKERS || g / 2 == kind(n);
        counts[n][g] = random.nextInt(own ? 9 : 2) + (own ? 1 : 0);
        if (counts[n][g] > 0) {
          indices.add(g);
          values.add(counts[n][g]);
        }
      }
      indptr[n + 1] = indices.size();
    }
    float[] stored = new float[values.size()];
    IntStream.range(0, stored.length).forEach(i -> stored[i] = values.get(i));
    boolean[] markers = new boolean[GENES];
    Arrays.fill(markers, 0, MARKERS, true);
    input = folder.resolve("cells.h5ad");
    Formats.write(
        input,
        NewCells.ofOne(
            CountsInMemory.of(
                new SparseRows(
                    GENES, indptr, indices.stream().mapToInt(Integer::intValue).toArray(), stored)),
            IntStream.range(0, CELLS).mapToObj(n -> "cell" + n).toList(),
            IntStream.range(0, GENES).mapToObj(g -> "gene" + g).toList(),
            List.of(
                column("kind", n -> "k" + kind(n)),
                column("batch", n -> "b" + batch(n)),
                new Addition.VarColumn("marker", new Column.Flags(markers, new boolean[GENES])),
                representation("X_good", (n, k) -> kind(n) == k ? 1 : 0),
                representation("X_apart", (n, k) -> k == 3 ? 3 * batch(n) : kind(n) == k ? 1 : 0),
                representation("X_wrong", (n, k) -> (kind(n) + batch(n)) % 3 == k ? 1 : 0))),
        IfExists.REFUSE);
  }

  private static Addition column(String name, IntFunction<String> value) {
    return new Addition.ObsColumn(
        name, new Column.Text(IntStream.range(0, CELLS).mapToObj(value).toArray(String[]::new)));
  }

  private Cli run(String representation, Path out, String scores, Object... more) {
    List<Object> line = new ArrayList<>();
    line.addAll(List.of("neighbors", input, "--use-rep", representation, "--out", out));
    line.addAll(List.of("--scores", scores));
    line.addAll(List.of(more));
    return Cli.run(line.toArray());
  }

  private static double score(Cli cli, String name) {
    return cli.err()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static double[] numbers(AnnDataFile file, String name) {
    return ((Column.Numbers) file.obs(name)).values();
  }

  @Test
  void agreementTellsGoodFromIsolatedAndWrong() {
    String scores = "batch=batch,label=kind,markers=marker";
    Path out = folder.resolve("good.h5ad");
    Cli good = run("X_good", out, scores);
    assertThat(good.code()).as(good.err()).isZero();
    assertThat(score(good, "marker_agreement")).isGreaterThan(0.95);
    assertThat(score(good, "marker_correlation_other_batch")).isGreaterThan(0.7);
    Cli apart = run("X_apart", folder.resolve("apart.h5ad"), scores);
    assertThat(score(apart, "marker_agreement")).isZero();
    assertThat(score(apart, "marker_correlation")).isGreaterThan(0.7);
    Cli wrong = run("X_wrong", folder.resolve("wrong.h5ad"), scores);
    // A handful of cells at random are now and then even less like a cell than those of one wrong
    // kind are.
    assertThat(score(wrong, "marker_agreement")).isLessThan(0.5);
    assertThat(score(wrong, "marker_correlation_other_batch")).isLessThan(0.2);
    try (AnnDataFile file = AnnDataFile.open(folder.resolve("apart.h5ad"))) {
      Column.Categorical states =
          (Column.Categorical) file.obs("regularizedvi_marker_neighbourhood");
      assertThat(states.categories().get(states.codes()[0])).isEqualTo("isolated");
      assertThat(
              Arrays.stream(numbers(file, "regularizedvi_marker_correlation_other_batch"))
                  .allMatch(Double::isNaN))
          .isTrue();
      assertThat(file.uns("regularizedvi_marker_neighbourhoods").orElseThrow().toString())
          .contains("isolated", "names=Texts[values=[k0, k1, k2]]", "names=Texts[values=[b0, b1]]");
    }
    profilesAreOfAverageOne(out);
  }

  /** Correlations worked out from the counts and the weights that the file has. */
  private void profilesAreOfAverageOne(Path out) {
    try (AnnDataFile file = AnnDataFile.open(out)) {
      SparseRows weights = file.obsp("connectivities");
      double[] all = numbers(file, "regularizedvi_marker_correlation");
      double[] other = numbers(file, "regularizedvi_marker_correlation_other_batch");
      for (int n = 0; n < CELLS; n += 7) {
        double[] ofAll = new double[MARKERS];
        double[] ofOther = new double[MARKERS];
        for (int e = weights.indptr()[n]; e < weights.indptr()[n + 1]; e++) {
          int j = weights.indices()[e];
          double[] profile = profile(j);
          for (int g = 0; g < MARKERS; g++) {
            ofAll[g] += weights.values()[e] * profile[g];
            ofOther[g] += batch(j) == batch(n) ? 0 : weights.values()[e] * profile[g];
          }
        }
        assertThat(all[n]).isCloseTo(pearson(profile(n), ofAll), within(1e-5));
        assertThat(other[n]).isCloseTo(pearson(profile(n), ofOther), within(1e-5));
      }
    }
  }

  private double[] profile(int cell) {
    double total = 0;
    for (float count : counts[cell]) {
      total += count;
    }
    double[] profile = new double[MARKERS];
    for (int g = 0; g < MARKERS; g++) {
      profile[g] = counts[cell][g] * GENES / total;
    }
    return profile;
  }

  private static double pearson(double[] x, double[] y) {
    double sx = 0;
    double sy = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      sx += x[i];
      sy += y[i];
      xx += x[i] * x[i];
      yy += y[i] * y[i];
      xy += x[i] * y[i];
    }
    double n = x.length;
    return (n * xy - sx * sy) / Math.sqrt((n * xx - sx * sx) * (n * yy - sy * sy));
  }

  @Test
  void twoRepresentationsAreCompared() throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("markers.txt"), "gene0\ngene1\ngene2\ngene3\ngene4\ngene5");
    Path out = folder.resolve("both.h5ad");
    Cli both = run("X_good", out, "batch=batch,markers=" + list, "--compare-rep", "X_apart");
    assertThat(both.code()).as(both.err()).isZero();
    assertThat(both.err()).contains("X_good \\ X_apart", "agrees", "isolated");
    try (AnnDataFile file = AnnDataFile.open(out)) {
      String counted = file.uns("regularizedvi_marker_contingency").orElseThrow().toString();
      assertThat(counted).contains("compare_rep=Text[value=X_apart]", "states=Texts");
    }
    long agreesAndIsolated =
        both.err()
            .lines()
            .filter(line -> line.startsWith("agrees"))
            .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[3]))
            .findFirst()
            .orElseThrow();
    assertThat(agreesAndIsolated).isGreaterThan(CELLS * 9 / 10);
  }

  @Test
  void mistakesAreOneSentence() {
    Path out = folder.resolve("never.h5ad");
    assertThat(run("X_good", out, "label=kind,markers=marker").mistake())
        .isEqualTo(
            "--scores: expected batch=COL beside markers, which compare neighbours of different"
                + " batches, found 'label=kind,markers=marker'.");
    assertThat(run("X_good", out, "batch=batch,markers=none").mistake())
        .startsWith("scores: there is no file 'none', and cells.h5ad has no such column in var");
    assertThat(run("X_good", out, "batch=batch", "--compare-rep", "X_apart").mistake())
        .isEqualTo(
            "--compare-rep compares what marker genes say; expected batch=COL and"
                + " markers=COLUMN|FILE in --scores beside it.");
    assertThat(out).doesNotExist();
  }
}
