package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cli.options.ConfigFile;
import org.regularizedvi.cli.options.Converters;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.LibraryConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Records;
import picocli.CommandLine;

/** Options from a YAML file. */
class ConfigFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("run.yaml");
  }

  private TrainRun parse(String yaml, String... arguments) throws IOException {
    Files.writeString(file, yaml);
    TrainCommand command = new TrainCommand(new Console(System.out, System.err, false));
    CommandLine line = new CommandLine(command);
    Converters.register(line);
    line.setDefaultValueProvider(ConfigFile.read(file, line.getCommandSpec()));
    String[] all = new String[arguments.length + 1];
    all[0] = "in.h5ad";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    line.parseArgs(all);
    return command.request();
  }

  @Test
  void takesEitherSpellingAndEveryKindOfValue() throws IOException {
    TrainRun run =
        parse(
            """
            # as in the Python package
            n_hidden: 64
            n-latent: 8
            lr: 1e-2
            dispersion: gene
            dropout_on_input: false
            early_stopping: true
            max_epochs: 7
            library_log_means_centering_sensitivity: null
            ambient_covariate_keys: [embryo, "well, plate"]
            nn_conditioning_covariate_keys: donor,site
            dispersion_key: embryo
            library_size_key: 1
            out: result.h5ad
            overwrite: true
            """);
    assertThat(run.model().shared().network().nHidden()).isEqualTo(64);
    assertThat(run.model().shared().network().nLatent()).isEqualTo(8);
    assertThat(run.model().shared().network().dropoutOnInput()).isFalse();
    assertThat(run.model().shared().generative().dispersion()).isEqualTo(Dispersion.GENE);
    assertThat(run.model().shared().priors().libraryLogMeansCenteringSensitivity())
        .isEqualTo(OptionalDouble.empty());
    assertThat(run.training().optimiser().lr()).isEqualTo(0.01);
    assertThat(run.training().earlyStopping()).isPresent();
    assertThat(run.training().maxEpochs()).hasValue(7);
    assertThat(run.keys().ambientCovariateKeys()).containsExactly("embryo", "well, plate");
    assertThat(run.keys().nnConditioningCovariateKeys()).containsExactly("donor", "site");
    assertThat(run.keys().librarySizeKey()).contains("1");
    assertThat(run.outputs().out()).contains(Destination.file(Path.of("result.h5ad")));
    assertThat(run.outputs().ifExists()).isEqualTo(IfExists.REPLACE);
  }

  @Test
  void commandLineWins() throws IOException {
    String yaml = "n_hidden: 64\ndropout_on_input: false\nambient_covariate_keys: [a]\nseed: 3\n";
    TrainRun run =
        parse(yaml, "--n-hidden=32", "--dropout-on-input", "--ambient-covariate-keys=b,c");
    assertThat(run.model().shared().network().nHidden()).isEqualTo(32);
    assertThat(run.model().shared().network().dropoutOnInput()).isTrue();
    assertThat(run.keys().ambientCovariateKeys()).containsExactly("b", "c");
    assertThat(run.settings().seed()).isEqualTo(3);
  }

  @Test
  void aPresetMayStandInItAndSingleOptionsBesideIt() throws IOException {
    String yaml = "preset: published\nresidual_library_encoder: true\ndecoder_weight_l2: 0.5\n";
    assertThat(parse(yaml).model().shared())
        .isEqualTo(
            ModelConfig.published()
                .with(LibraryConfig.recommended())
                .with(new PenaltyConfig(0.5, 0, 0, 0)));
    assertThat(
            parse(yaml, "--preset=recommended", "--no-residual-library-encoder").model().shared())
        .isEqualTo(
            ModelConfig.recommended()
                .with(LibraryConfig.published())
                .with(Records.with(PenaltyConfig.recommended(), "decoderWeightL2", 0.5)));
    assertThat(
            parse("bg_init_gene_fraction: null\n").model().shared().starts().bgInitGeneFraction())
        .isEmpty();
  }

  @Test
  void nothingInItChangesNothing() throws IOException {
    assertThat(parse("").model().shared()).isEqualTo(ModelConfig.recommended());
    assertThat(parse("# only a remark\n").model().shared()).isEqualTo(ModelConfig.recommended());
    assertThat(parse("max_epochs: null\n").training().maxEpochs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n_hiden: 64 | there is no option n_hiden; did you mean n_hidden?",
        "config: a.yaml | there is no option config.",
        "n_hidden: many | n_hidden: expected a whole number, found 'many'.",
        "n_hidden: 1.5 | n_hidden: expected a whole number, found '1.5'.",
        "n_hidden: [1] | n_hidden: expected one value, found a list.",
        "lr: {a: 1} | lr: expected one value, found a mapping.",
        "n_hidden: {a: b} | n_hidden: expected a whole number, found 'b'.",
        "n_hidden: {a: [1]} | n_hidden: expected one value, found a list.",
        "lr: fast | lr: expected a number, found 'fast'.",
        "residual_library_encoder: 1 | residual_library_encoder: expected true or false, found '1'.",
        "decoder_weight_l2: much | decoder_weight_l2: expected a number, found 'much'.",
        "preset: best | preset: expected recommended or published, found 'best'.",
        "dropout_on_input: 1 | dropout_on_input: expected true or false, found '1'.",
        "dispersion: cell | dispersion: expected gene or gene-batch, found 'cell'.",
        "nn_conditioning_covariate_keys: [[a]] | nn_conditioning_covariate_keys: expected one value, found a list."
      })
  void mistakesNameFileAndKey(String yaml, String message) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageEndingWith(message);
  }

  @Test
  void aNameGivenTwiceIsAMistake() {
    assertThatThrownBy(() -> parse("n_hidden: 1\nn_hidden: 2\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("n_hidden");
    assertThatThrownBy(() -> parse("n_hidden: 1\nn-hidden: 2\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("%s gives n-hidden twice.".formatted(file));
  }

  @Test
  void whatIsNotYamlIsAMistake() {
    assertThatThrownBy(() -> parse("a: [1,\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString());
    assertThatThrownBy(() -> parse("just words\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("option: value");
  }

  @Test
  void theProgramReadsTheFileThatIsNamed() throws IOException {
    Files.writeString(file, "n_latent: 0\n");
    assertThat(Cli.run("train", "x", "--config", file).mistake())
        .isEqualTo("n_latent must be at least 1, but is 0.");
    assertThat(Cli.run("train", "x", "--config=" + folder.resolve("no.yaml")).mistake())
        .contains("no.yaml", "cannot be read");
  }
}
