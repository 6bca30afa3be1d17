package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says before it opens any file. */
class CommandLineTest {
  @Test
  void withoutCommandShowsWhatThereIs() {
    Cli cli = Cli.run();
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .contains(
            "train",
            "evaluate",
            "embed",
            "neighbors",
            "attribution",
            "covariate-effects",
            "expression",
            "predict",
            "differential-expression",
            "correct",
            "likelihood",
            "minify",
            "import",
            "export",
            "simulate",
            "report",
            "plot",
            "demo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "embed",
        "neighbors",
        "attribution",
        "covariate-effects",
        "expression",
        "predict",
        "differential-expression",
        "correct",
        "likelihood",
        "minify",
        "import",
        "export",
        "simulate",
        "report",
        "plot",
        "demo"
      })
  void everyCommandHasHelp(String command) {
    Cli asOption = Cli.run(command, "--help");
    Cli asCommand = Cli.run("help", command);
    assertThat(asOption.code()).isZero();
    assertThat(asOption.err()).isEmpty();
    assertThat(asOption.out()).startsWith("Usage: regularizedvi " + command);
    assertThat(asCommand).isEqualTo(asOption);
  }

  @Test
  void helpGroupsOptionsAndShowsDefaults() {
    assertThat(Cli.run("train", "--help").out())
        .contains("\nKeys: columns of obs", "\nNetworks\n", "\nPriors\n", "\nTraining\n")
        .contains("--n-hidden=N", "(default: 512)", "--[no-]dropout-on-input")
        .doesNotContain("DEFAULT-VALUE", "GENE_BATCH", "Optional");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian | there is no command 'trian'; did you mean train?",
        "train x --n-hiden 5 | there is no option '--n-hiden'; did you mean --n-hidden or --leiden?",
        "train x --n-hiden=5 | there is no option '--n-hiden'; did you mean --n-hidden or --leiden?",
        "train x --frobnicate | there is no option '--frobnicate'; see regularizedvi train --help.",
        "simulate x.h5ad y | simulate takes no argument 'y'; see regularizedvi simulate --help.",
        "train no-such y --out z.h5ad | There is no file no-such.",
        "train samples.csv y --out z.h5ad | samples.csv is a sample sheet, which lists all files; expected no other input beside it.",
        "train y y --out z.h5ad | y and y are both samples named 'y'; expected a name of its own for each: give them in a sample sheet (.csv with the columns path and name).",
        "train x --out z --out-dir w | --out z and --out-dir w: expected one of them, a file for all cells or a folder for a copy of each input.",
        "train | train needs INPUT; see regularizedvi train --help.",
        "train x --seed | --seed needs a value, N; see regularizedvi train --help.",
        "train x --n-hidden abc | --n-hidden: expected a whole number, found 'abc'.",
        "train x --n-hidden 1.5 | --n-hidden: expected a whole number, found '1.5'.",
        "train x --max-epochs abc | --max-epochs: expected a whole number, found 'abc'.",
        "train x --lr fast | --lr: expected a number, found 'fast'.",
        "train x --dispersion cell | --dispersion: expected gene or gene-batch, found 'cell'.",
        "train x --use-layer-norm all | --use-layer-norm: expected encoder or decoder or both or none, found 'all'.",
        "train x --library-log-means-centering-sensitivity no | --library-log-means-centering-sensitivity: expected a number or none, found 'no'.",
        "train x --ambient-covariate-keys a,,b | --ambient-covariate-keys: expected keys with commas between, found 'a,,b'.",
        "train x --threads 0 | threads must be at least 1, but is 0.",
        "train x --out y.h5ad --device quantum | There is no device 'quantum'; there are auto, cpu, cuda.",
        "train x --out y.h5ad --engine steam | There is no engine 'steam'; there are cpu, cuda.",
        "train x --out y.h5ad --device cpu --engine cuda | The engine cuda does not compute on the device cpu; leave one of the two out.",
        "evaluate x --model-dir y --device quantum | There is no device 'quantum'; there are auto, cpu, cuda.",
        "train x --n-latent 0 | n_latent must be at least 1, but is 0.",
        "train x --dropout-rate 1 | dropout_rate must be at least 0.0 and below 1.0, but is 1.0.",
        "train x --train-size 1 --early-stopping | early_stopping needs validation cells, but train_size is 1.0; set train_size below 1.",
        "embed x --out y | embed needs --model-dir DIR; see regularizedvi embed --help.",
        "evaluate --model-dir y | evaluate needs INPUT; see regularizedvi evaluate --help.",
        "neighbors x --out y --scores kind=a | --scores: expected batch=COL, label=COL or both, with or without markers=COLUMN, found 'kind=a'.",
        "neighbors x --out y --n-neighbors 1 | n_neighbors must be at least 2, but is 1.",
        "neighbors x --out y --resolution 2 | --resolution is about --leiden; expected both.",
        "neighbors x --out y --spread 2 | --spread is about --umap; expected both.",
        "neighbors x --out y --leiden --resolution 0 | resolution must be a positive number, but is 0.0.",
        "neighbors x --out y --umap --min-dist 2 | min_dist must be at most spread, 1.0, but is 2.0.",
        "report x --model-dir y | report needs --out OUT.html; see regularizedvi report --help.",
        "report x --model-dir y --out z.pdf | The report's name must end in .html, but is z.pdf.",
        "train x --out y.h5ad --report z | The report's name must end in .html, but is z.",
        "plot x --model-dir y | plot needs --out-dir DIR; see regularizedvi plot --help.",
        "plot x --model-dir y --out-dir pom.xml | pom.xml is not a folder; expected one to write the figures into.",
        "simulate | simulate needs OUT; see regularizedvi simulate --help.",
        "simulate x.h5 | The output's name must end in .h5ad or .h5mu or .zarr or .zarr.zip, but is x.h5.",
        "simulate x.h5ad --cells 0 | cells must be at least 1 and at most 2147483647, but is 0.",
        "simulate x.h5ad --cells 2 | batches must be at most the number of cells, 2, but is 3.",
        "simulate x.h5ad --features many | --features: expected a number, or NAME=NUMBER with commas between, found 'many'.",
        "simulate x.h5ad --features rna=5,=6 | --features: expected a number, or NAME=NUMBER with commas between, found 'rna=5,=6'.",
        "simulate x.h5mu --features rna=5,rna=6 | --features: expected each modality once, found 'rna' twice.",
        "simulate x.h5ad --features 2.5 | features of rna must be a whole number of at least 1, but is 2.5.",
        "simulate x.h5ad --features rna=5,atac=6 | A .h5ad holds one modality, but features names 2; write a .h5mu in place of x.h5ad.",
        "simulate x.h5ad --depth atac=5 | depth names a modality 'atac', but features has only rna.",
        "simulate x.h5ad --depth 0 | depth of rna must be above 0 and at most 1e7, but is 0.0.",
        "simulate x.h5ad --ambient-fraction 1 | ambient_fraction of rna must be at least 0 and below 1, but is 1.0.",
        "simulate x.h5ad --ambient-spread -1 | ambient_spread of rna must be at least 0 and at most 10, but is -1.0.",
        "simulate x.h5ad --batch-ambient-spread 11 | batch_ambient_spread of rna must be at least 0 and at most 10, but is 11.0.",
        "simulate x.h5ad --ambient-spread atac=1 | ambient_spread names a modality 'atac', but features has only rna.",
        "simulate x.h5ad --missing 0.5 | missing is 0.5, but a cell of a single modality cannot lack one; give several to features.",
        "simulate x.h5mu --features rna=5,atac=6 --missing 1 | missing must be at least 0 and below 1, but is 1.0."
      })
  void mistakesAreOneSentence(String arguments, String sentence) {
    assertThat(Cli.run((Object[]) arguments.split(" ")).mistake()).isEqualTo(sentence);
  }
}
