package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/** {@code differential-expression} on trained models: what pandas, anndata and mudata read. */
class DifferentialExpressionCommandTest {
  private static final String SCRIPT =
      Path.of("src/test/python/check_differential.py").toAbsolutePath().toString();
  private static final Path MULTIOME = Path.of("src/test/resources/mudata/multiome.h5mu");
  private static final String UNS = "regularizedvi_differential_expression";

  @TempDir static Path folder;
  private static Path input;
  private static Path model;

  @BeforeAll
  static void train() {
    input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b", "c");
    model = folder.resolve("model");
    Cli trained =
        Cli.run(
            "train",
            input,
            "--batch-key",
            "batch",
            "--model-dir",
            model,
            "--max-epochs",
            3,
            "--n-hidden",
            16,
            "--n-latent",
            4,
            "--nn-conditioning-covariate-keys",
            "batch");
    assertThat(trained.code()).isZero();
  }

  private static Cli compare(Path csv, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "differential-expression",
                input,
                "--model-dir",
                model,
                "--n-samples-overall",
                100,
                "--out-csv",
                csv));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private static String seen(String name, Object... more) {
    Path csv = folder.resolve(name + ".csv");
    Path out = folder.resolve(name + ".h5ad");
    List<Object> all = new ArrayList<>(List.of("--groupby", "batch", "--out", out));
    all.addAll(List.of(more));
    Cli cli = compare(csv, all.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("wrote " + csv + " and " + out);
    return PythonEnvironment.run(SCRIPT, csv, out, UNS);
  }

  @Test
  void pandasAndAnndataReadTheTable() throws IOException {
    assertThat(seen("all")).isEqualTo("72 23 a vs Rest; b vs Rest; c vs Rest");
    assertThat(seen("vanilla", "--mode", "vanilla", "--group1", "c,a", "--group2", "b"))
        .isEqualTo("48 15 c vs b; a vs b");
    assertThat(Files.readAllLines(folder.resolve("vanilla.csv")).getFirst())
        .isEqualTo(
            "feature,proba_m1,proba_m2,bayes_factor,scale1,scale2,raw_mean1,raw_mean2,"
                + "non_zeros_proportion1,non_zeros_proportion2,raw_normalized_mean1,"
                + "raw_normalized_mean2,comparison,group1,group2");
    assertThat(Files.readAllLines(folder.resolve("all.csv")).getFirst())
        .startsWith("feature,proba_de,proba_not_de,bayes_factor,scale1,scale2,pseudocounts,delta,")
        .contains(",lfc_mean,lfc_median,lfc_std,lfc_min,lfc_max,raw_mean1,")
        .endsWith(",is_de_fdr_0.05,comparison,group1,group2");
  }

  @Test
  void everyOptionChangesTheTable() throws IOException {
    List<Object> base = List.of("--groupby", "batch", "--group1", "a", "--group2", "b");
    List<List<Object>> changes =
        List.of(
            List.of(),
            List.of("--delta", 0.01),
            List.of("--pseudocounts", 0.5),
            List.of("--fdr-target", 0.4),
            List.of("--m-permutation", 300),
            List.of("--batch-correction"),
            List.of("--batch-correction", "--transform-batch", "batch=c"),
            List.of("--seed", 5));
    List<String> tables = new ArrayList<>();
    for (List<Object> change : changes) {
      List<Object> all = new ArrayList<>(base);
      all.addAll(change);
      Path csv = folder.resolve("option" + tables.size() + ".csv");
      assertThat(compare(csv, all.toArray()).code()).isZero();
      tables.add(Files.readString(csv));
    }
    assertThat(tables).doesNotHaveDuplicates().hasSize(8);
    Path again = folder.resolve("again.csv");
    compare(again, base.toArray());
    assertThat(Files.readString(again)).isEqualTo(tables.getFirst());
  }

  @Test
  void cellsThatLackAModalityAreLeftOutOfIt() {
    Path both = folder.resolve("multiome_model");
    Cli trained =
        Cli.run(
            "train",
            MULTIOME,
            "--model-dir",
            both,
            "--batch-key",
            "batch",
            "--layer",
            "rna=counts",
            "--batch-size",
            32,
            "--max-epochs",
            2,
            "--n-hidden",
            16,
            "--n-latent",
            "rna=5,atac=3");
    assertThat(trained.code()).isZero();
    Path csv = folder.resolve("multiome.csv");
    Path out = folder.resolve("multiome.h5mu");
    Cli cli =
        Cli.run(
            "differential-expression",
            MULTIOME,
            "--model-dir",
            both,
            "--layer",
            "rna=counts",
            "--groupby",
            "batch",
            "--n-samples-overall",
            50,
            "--out-csv",
            csv,
            "--out",
            out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(PythonEnvironment.run(SCRIPT, csv, out, UNS)).endsWith("atac rna");
  }

  @Test
  void mistakesAreOneSentence() {
    Path csv = folder.resolve("no.csv");
    assertThat(compare(csv).mistake())
        .isEqualTo(
            "differential-expression needs --groupby COLUMN; see regularizedvi differential-expression --help.");
    assertThat(
            Cli.run("differential-expression", input, "--model-dir", model, "--groupby", "batch")
                .mistake())
        .isEqualTo(
            "differential-expression needs --out-csv OUT.csv; see regularizedvi differential-expression --help.");
    assertThat(compare(csv, "--groupby", "batsh").mistake())
        .isEqualTo(
            input
                + " has no column 'batsh' in obs; the nearest are 'batch', 'age'; all are [batch, age].");
    assertThat(compare(csv, "--groupby", "batch", "--group1", "d").mistake())
        .isEqualTo(
            "cells.h5ad: obs['batch'] has no group 'd'; the nearest are 'a', 'b', 'c'; all are [a, b, c].");
    assertThat(compare(csv, "--groupby", "age").mistake())
        .isEqualTo("cells.h5ad: group '0' of obs['age'] has 1 cell; expected at least 3.");
    assertThat(compare(csv, "--groupby", "batch", "--group1", "a", "--group2", "a").mistake())
        .isEqualTo("group1 and group2 are both 'a'; expected two different groups of 'batch'.");
    // No cell shares its age with another.
    assertThat(compare(csv, "--groupby", "batch", "--balance-by", "age").mistake())
        .isEqualTo(
            "cells.h5ad: balance_by needs a category of obs['age'] with cells of both 'a' and 'Rest'; there is none.");
    assertThat(compare(csv, "--groupby", "batch", "--mode", "both").mistake())
        .isEqualTo("--mode: expected vanilla or change, found 'both'.");
    assertThat(compare(csv, "--groupby", "batch", "--mode", "vanilla", "--delta", 1).mistake())
        .isEqualTo(
            "delta is about the size of a change, which mode vanilla does not look at; leave it out or take mode change.");
    assertThat(compare(csv, "--groupby", "batch", "--transform-batch", "batch=a").mistake())
        .isEqualTo(
            "transform_batch says which categories batch_correction compares groups in; give batch_correction as well.");
    assertThat(compare(csv, "--groupby", "batch", "--delta", -1).mistake())
        .isEqualTo("delta must be 0 or more and finite, but is -1.0.");
    assertThat(compare(csv, "--groupby", "batch", "--fdr-target", 1).mistake())
        .isEqualTo("fdr_target must be above 0 and below 1, but is 1.0.");
    assertThat(compare(csv, "--groupby", "batch", "--pseudocounts", 0).mistake())
        .isEqualTo("pseudocounts must be above 0 and finite, but is 0.0.");
    assertThat(compare(csv, "--groupby", "batch", "--m-permutation", 0).mistake())
        .isEqualTo("m_permutation must be at least 1 and at most 100000, but is 0.");
    assertThat(compare(csv, "--groupby", "batch", "--out", csv).mistake())
        .isEqualTo("--out-csv and --out are both %s; expected two different files.".formatted(csv));
    assertThat(csv).doesNotExist();
  }
}
