package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureChoice;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.GeneCutoffs;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CellGroups;
import org.regularizedvi.core.feature.FeatureSelection;
import org.regularizedvi.core.store.StoredRecords;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.options.Records;

/** Models of some features and some cells. */
final class SelectionTest {
  private static final Path KANG =
      Path.of("src/main/resources/org/regularizedvi/cli/demo/kang_pbmc.h5ad");

  @TempDir Path dir;

  /** The names are what scanpy 1.11.5 marks with flavor seurat_v3 and batch_key condition. */
  @Test
  void theMostVariableFeaturesAreThoseOfScanpy() throws IOException {
    Set<String> expected =
        new HashSet<>(
            Files.readAllLines(Path.of("src/test/resources/features/kang_seurat_v3.txt")));
    FeatureChoice choice =
        new FeatureChoice(
            Optional.empty(),
            Map.of(),
            OptionalInt.empty(),
            Map.of(),
            GeneCutoffs.none(),
            OptionalInt.of(expected.size()),
            Map.of());
    try (CellSource cells = Formats.open(KANG)) {
      int[] groups = CellGroups.of(cells.cells(), "condition").codes();
      int[] found = FeatureSelection.columns(cells, "", choice, groups).orElseThrow();
      List<String> names = cells.features("").varNames();
      assertThat(found).hasSize(expected.size());
      assertThat(Arrays.stream(found).filter(g -> expected.contains(names.get(g))).count())
          .isGreaterThanOrEqualTo(expected.size() * 99 / 100);
    }
  }

  /** cell2location's filter_genes, which compares logarithms to the base 10. */
  @Test
  void geneCutoffsAreThoseOfCell2location() {
    try (CellSource cells = Formats.open(KANG)) {
      int genes = cells.counts("").columns();
      double[] found = new double[genes];
      double[] sum = new double[genes];
      double all = cells.cells().nObs();
      for (SparseRows block : (Iterable<SparseRows>) cells.counts("").blocks()::iterator) {
        for (int i = 0; i < block.nonzeros(); i++) {
          found[block.indices()[i]]++;
          sum[block.indices()[i]] += block.values()[i];
        }
      }
      for (double[] cutoffs : new double[][] {{15, 0.05, 1.12}, {40, 0.02, 1.5}, {3, 1, 1}}) {
        int[] expected =
            IntStream.range(0, genes)
                .filter(
                    g ->
                        Math.log10(found[g]) > Math.log10(all * cutoffs[1])
                            || Math.log10(found[g]) > Math.log10(cutoffs[0])
                                && Math.log10(sum[g] / found[g]) > Math.log10(cutoffs[2]))
                .toArray();
        assertThat(expected.length).isBetween(1, genes - 1);
        assertThat(chosen(cells, cutoffs(cutoffs))).isEqualTo(expected);
      }
      assertThat(chosen(cells, cutoffs(15)))
          .isEqualTo(chosen(cells, cutoffs(15, 0.05, 1.12)))
          .isNotEqualTo(chosen(cells, cutoffs(40)));
    }
  }

  private static GeneCutoffs cutoffs(double... given) {
    return new GeneCutoffs(
        OptionalInt.of((int) given[0]),
        Map.of(),
        given.length > 1 ? OptionalDouble.of(given[1]) : OptionalDouble.empty(),
        Map.of(),
        given.length > 2 ? OptionalDouble.of(given[2]) : OptionalDouble.empty(),
        Map.of());
  }

  private static int[] chosen(CellSource cells, GeneCutoffs cutoffs) {
    int[] groups = CellGroups.of(cells.cells(), "condition").codes();
    FeatureChoice choice = Records.with(FeatureChoice.all(), "cutoffs", cutoffs);
    return FeatureSelection.columns(cells, "", choice, groups).orElseThrow();
  }

  @Test
  void outputsKeepAllCellsAndFeaturesAndMarkThoseOfTheModel() throws IOException {
    Path cells = TinyData.write(dir.resolve("cells.h5ad"), TinyData.genes(), "a", "b", "c");
    Path list = Files.writeString(dir.resolve("list.txt"), "gene3\ngene7\n\ngene5\ngene11\n");
    Path model = dir.resolve("model");
    Path out = dir.resolve("out.h5ad");
    Cli trained =
        Cli.run(
            "train",
            cells,
            "--out",
            out,
            "--model-dir",
            model,
            "--features",
            list,
            "--cells-where",
            "batch=a",
            "--cells-where",
            "batch=c",
            "--max-epochs",
            1,
            "--n-hidden",
            4);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains(
            "40 of 60 cells are taken (batch=a or batch=c: 40)", "4 of 24 features are trained on");
    assertThat(
            StoredRecords.JSON
                .readTree(model.resolve("model.json").toFile())
                .at("/modalities/0/features")
                .toString())
        .isEqualTo("[\"gene3\",\"gene5\",\"gene7\",\"gene11\"]");
    Path embedded = dir.resolve("embedded.h5ad");
    Cli again = Cli.run("embed", cells, "--model-dir", model, "--out", embedded);
    assertThat(again.err()).contains("40 of 60 cells", "has 20 features that the model does not");
    Path corrected = dir.resolve("corrected.h5ad");
    Cli correct = Cli.run("correct", cells, "--model-dir", model, "--out", corrected);
    assertThat(correct.code()).as(correct.err()).isZero();
    try (CellSource first = Formats.open(out);
        CellSource second = Formats.open(embedded);
        CellSource third = Formats.open(corrected)) {
      for (CellSource marking : List.of(second, third)) {
        assertThat(marked(marking.features("").var("regularizedvi_modelled")))
            .containsExactly(3, 5, 7, 11);
      }
      assertThat(first.counts("").digest()).isEqualTo(second.counts("").digest());
      assertThat(marked(first.features("").var("regularizedvi_modelled")))
          .containsExactly(3, 5, 7, 11);
      assertThat(marked(first.cells().obs("regularizedvi_modelled")))
          .containsExactly(IntStream.range(0, 60).filter(c -> c % 3 != 1).toArray());
      FloatMatrix latent = first.obsm("X_regularizedvi");
      assertThat(latent.at(0, 0)).isFinite();
      assertThat(latent.at(1, 0)).isNaN();
      assertThat(second.obsm("X_regularizedvi").values()).isEqualTo(latent.values());
    }
    assertThat(
            Cli.run(
                    "embed",
                    cells,
                    "--model-dir",
                    model,
                    "--out",
                    dir.resolve("a.h5ad"),
                    "--all-cells")
                .err())
        .endsWith("embedded 60 cells; wrote " + dir.resolve("a.h5ad") + "\n");
  }

  @Test
  void whatLeavesNothingIsRefused() {
    Path cells = TinyData.write(dir.resolve("few.h5ad"), TinyData.genes(), "a", "b");
    assertThat(check(cells, "--cells-where", "batch=x"))
        .isEqualTo(
            "No cell of few.h5ad is left (of 60 cells batch=x: 0); expected criteria that some cells meet.");
    assertThat(check(cells, "--cells-where", "batch")).contains("expects COLUMN=VALUE");
    assertThat(check(cells, "--min-cells", "61"))
        .isEqualTo("min_cells leaves no feature of few.h5ad; expected at least one.");
    assertThat(check(cells, "--cell-count-cutoff", "61", "--cell-percentage-cutoff2", "1"))
        .isEqualTo("cell_count_cutoff leaves no feature of few.h5ad; expected at least one.");
    assertThat(check(cells, "--cell-percentage-cutoff2", "5"))
        .isEqualTo("cell_percentage_cutoff2 must be 0 to 1, but is 5.0.");
    assertThat(check(cells, "--nonz-mean-cutoff", "-1"))
        .isEqualTo("nonz_mean_cutoff must be 0 or more, but is -1.0.");
    assertThat(check(cells, "--features", "highly_variable"))
        .contains("there is no file 'highly_variable'", "no such column in var");
    assertThat(check(cells, "--max-counts", "0")).contains("0 counts or fewer: 0");
  }

  private static String check(Path cells, Object... options) {
    Object[] line = new Object[options.length + 2];
    line[0] = "check";
    line[1] = cells;
    System.arraycopy(options, 0, line, 2, options.length);
    return Cli.run(line).refusal();
  }

  private static int[] marked(Column column) {
    boolean[] flags = ((Column.Flags) column).values();
    return IntStream.range(0, flags.length).filter(i -> flags[i]).toArray();
  }
}
