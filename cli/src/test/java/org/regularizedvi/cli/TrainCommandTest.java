package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.store.DiskReads;
import org.regularizedvi.cli.options.Converters;
import org.regularizedvi.cli.options.Keeping;
import org.regularizedvi.cli.options.MemoryCheck;
import org.regularizedvi.cli.options.RunSettings;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.DecodersByModality;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.DispersionDirection;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.HorseshoeConfig;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.LibraryConfig;
import org.regularizedvi.core.config.LrSchedule;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PlateauConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.config.VarianceStartConfig;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;
import picocli.CommandLine;

/** Every option lands in the field that bears its name. */
class TrainCommandTest {
  private static TrainRun parse(String arguments) {
    TrainCommand command = new TrainCommand(new Console(System.out, System.err, false));
    CommandLine line = new CommandLine(command);
    Converters.register(line);
    line.parseArgs(("in.h5ad " + arguments).strip().split("\\s+"));
    return command.request();
  }

  @Test
  void withoutOptionsEverythingIsTheLibrarysDefault() {
    TrainRun run = parse("");
    assertThat(run.model().shared()).isEqualTo(ModelConfig.recommended());
    assertThat(run.training()).isEqualTo(TrainConfig.recommended());
    assertThat(run.keys()).isEqualTo(CovariateKeys.none());
    assertThat(run.counts().selection(List.of("")).countsOf("")).isEqualTo(CountSource.x());
    assertThat(run.counts().checks()).isEqualTo(CountChecks.INTEGERS);
    assertThat(run.settings()).isEqualTo(RunSettings.defaults());
  }

  @Test
  void keys() {
    CovariateKeys keys =
        parse(
                "--batch-key b --ambient-covariate-keys a1,a2 --nn-conditioning-covariate-keys c1,c2"
                    + " --nn-continuous-covariate-keys n --feature-scaling-covariate-keys f"
                    + " --dispersion-key d --library-size-key l --encoder-covariate-keys e1,e\\,2"
                    + " --size-factor-key s")
            .keys();
    assertThat(keys)
        .isEqualTo(
            new CovariateKeys(
                Optional.of("b"),
                List.of("a1", "a2"),
                List.of("c1", "c2"),
                List.of("n"),
                List.of("f"),
                Optional.of("d"),
                Optional.of("l"),
                List.of("e1", "e,2"),
                Optional.of("s")));
  }

  @Test
  void network() {
    assertThat(
            parse(
                    "--n-hidden 1 --n-latent 2 --n-layers 3 --library-n-hidden 4 --dropout-rate 0.5"
                        + " --no-dropout-on-input --use-layer-norm encoder --use-batch-norm decoder")
                .model()
                .shared()
                .network())
        .isEqualTo(
            new NetworkConfig(
                1,
                2,
                3,
                4,
                OptionalDouble.of(0.5),
                false,
                NormalisedNetworks.ENCODER,
                NormalisedNetworks.DECODER));
  }

  @Test
  void generativeModel() {
    assertThat(
            parse(
                    "--dispersion gene --latent-distribution ln --scale-activation softmax"
                        + " --no-use-additive-background --no-use-feature-scaling"
                        + " --use-batch-in-decoder")
                .model()
                .shared()
                .generative())
        .isEqualTo(
            new GenerativeConfig(
                Dispersion.GENE,
                LatentDistribution.LN,
                ScaleActivation.SOFTMAX,
                false,
                false,
                true,
                DecoderConfig.defaults()));
  }

  @Test
  void priors() {
    assertThat(
            parse(
                    "--no-regularise-dispersion --regularise-background"
                        + " --dispersion-hyper-prior-mean 2 --dispersion-hyper-prior-alpha 1"
                        + " --additive-bg-prior-alpha 3 --additive-bg-prior-beta 4"
                        + " --feature-scaling-prior-alpha 5 --feature-scaling-prior-beta 6"
                        + " --library-log-vars-weight 7"
                        + " --library-log-means-centering-sensitivity none")
                .model()
                .shared()
                .priors())
        .isEqualTo(
            new PriorConfig(
                false,
                true,
                new DispersionHyperPrior(2, OptionalDouble.of(1)),
                new GammaPrior(3, 4),
                new GammaPrior(5, 6),
                7,
                OptionalDouble.empty(),
                DispersionDirection.INVERSE_SQRT,
                1));
  }

  @Test
  void libraryStartsAndPenalties() {
    ModelConfig model =
        parse(
                "--no-residual-library-encoder --library-obs-w-prior-rate 2 --init-decoder-bias topn"
                    + " --bg-init-gene-fraction 0.3 --dispersion-init data"
                    + " --dispersion-init-bio-frac 0.4 --decoder-weight-l2 5"
                    + " --decoder-cov-weight-l2 6 --decoder-latent-weight-l2 8 --decoder-hidden-l1 7")
            .model()
            .shared();
    assertThat(model.library()).isEqualTo(new LibraryConfig(false, 2));
    assertThat(model.starts())
        .isEqualTo(
            new StartConfig(
                DecoderBias.TOPN,
                OptionalDouble.of(0.3),
                true,
                DispersionInit.DATA,
                0.4,
                VarianceStartConfig.defaults(),
                EncoderStartConfig.defaults(),
                ValueStartConfig.defaults()));
    assertThat(model.penalties()).isEqualTo(new PenaltyConfig(5, 6, 8, 7));
  }

  @Test
  void scalesOfZ() {
    ModelConfig cells = parse("--horseshoe-latent-z-prior-type lognormal-mc").model().shared();
    assertThat(cells.latentPrior().horseshoe())
        .isEqualTo(new HorseshoeConfig(HorseshoePrior.LOGNORMAL_MC, 1, 1, 0.1));
    assertThat(parse("--use-ard-z-sigma-scale").model().shared().latentPrior().useArdZSigmaScale())
        .isTrue();
    assertThatThrownBy(
            () -> parse("--use-ard-z-sigma-scale --horseshoe-latent-z-prior-type gamma").model())
        .hasMessageContaining("expected one of them");
    assertThatThrownBy(() -> parse("--use-ard-z-sigma-scale --latent-distribution ln").model())
        .hasMessageContaining("expected normal");
  }

  @Test
  void aPresetIsTheLibrarysAndSingleOptionsOverrideIt() {
    assertThat(parse("--preset recommended").model().shared()).isEqualTo(ModelConfig.recommended());
    assertThat(parse("--preset published").model().shared()).isEqualTo(ModelConfig.published());
    assertThat(parse("--preset published").training()).isEqualTo(TrainConfig.published());
    assertThat(parse("--preset published --lr 0.002").training())
        .isEqualTo(TrainConfig.published().with(OptimiserConfig.published().withLr(0.002)));
    ModelConfig mixed =
        parse(
                "--residual-library-encoder --preset published --decoder-weight-l2 0.5"
                    + " --init-decoder-bias mean --bg-init-gene-fraction 0.1"
                    + " --library-log-means-centering-sensitivity 0.4 --dispersion-init data"
                    + " --dispersion-init-bio-frac 0.7")
            .model()
            .shared();
    assertThat(mixed)
        .isEqualTo(
            ModelConfig.published()
                .with(LibraryConfig.recommended())
                .with(PriorConfig.published().withCentering(OptionalDouble.of(0.4)))
                .with(
                    new StartConfig(
                        DecoderBias.MEAN,
                        OptionalDouble.of(0.1),
                        false,
                        DispersionInit.DATA,
                        0.7,
                        VarianceStartConfig.defaults(),
                        EncoderStartConfig.defaults(),
                        ValueStartConfig.defaults()))
                .with(new PenaltyConfig(0.5, 0, 0, 0)));
    assertThat(parse("--bg-init-gene-fraction none").model().shared().starts().bgInitGeneFraction())
        .isEmpty();
  }

  @Test
  void training() {
    assertThat(
            parse(
                    "--max-epochs 1 --batch-size 2 --train-size 0.5 --n-epochs-kl-warmup 3 --lr 4"
                        + " --lr-schedule constant"
                        + " --eps 5 --weight-decay 6 --early-stopping --early-stopping-patience 7"
                        + " --early-stopping-min-delta-per-feature 8 --reduce-lr-on-plateau"
                        + " --lr-factor 0.9 --lr-patience 10 --lr-threshold 11 --lr-min 12"
                        + " --compute-pearson --precision bfloat16")
                .training())
        .isEqualTo(
            new TrainConfig(
                OptionalInt.of(1),
                2,
                0.5,
                OptionalInt.of(3),
                new OptimiserConfig(4, LrSchedule.CONSTANT, 0.9, 0.999, 5, 6),
                Optional.of(new EarlyStoppingConfig(7, 8)),
                Optional.of(new PlateauConfig(0.9, 10, 11, 12)),
                true,
                Precision.BFLOAT16));
  }

  @Test
  void temporaryFilesLieBesideTheFirstOutputUnlessAFolderIsNamed() {
    TrainRun beside = parse("--latent-out data/z.parquet");
    Path folder = beside.outputs().files().getFirst().toAbsolutePath().normalize().getParent();
    assertThat(beside.counts().temporary()).isEqualTo(folder);
    TrainRun named = parse("--temp-dir scratch");
    assertThat(named.counts().temporary()).isEqualTo(Path.of("scratch"));
    assertThat(named.counts().selection(List.of("")).temporary()).isEqualTo(Path.of("scratch"));
  }

  @Test
  void checkpoints() {
    assertThat(parse("").outputs().keeping()).contains(new Keeping(7, false, false));
    assertThat(parse("--checkpoint-minutes 0.5 --restart").outputs().keeping())
        .contains(new Keeping(0.5, true, false));
  }

  @Test
  void countsSeedAndSwitchesThatSayTheDefault() {
    TrainRun run =
        parse(
            "--layer counts --allow-non-integer --seed -3 --ignore-memory-estimate --on-disk --disk-reads dealt"
                + " --dropout-on-input --no-use-batch-in-decoder --use-feature-scaling --no-early-stopping");
    assertThat(run.counts().selection(List.of("")).countsOf(""))
        .isEqualTo(CountSource.layer("counts"));
    assertThat(run.counts().checks()).isEqualTo(CountChecks.ALLOW_NON_INTEGER);
    assertThat(run.settings())
        .isEqualTo(new RunSettings(-3, MemoryCheck.WARN, true, DiskReads.DEALT));
    assertThat(run.model().shared()).isEqualTo(ModelConfig.recommended());
    assertThat(run.training()).isEqualTo(TrainConfig.recommended());
  }

  @Test
  void modalities() {
    TrainRun run =
        parse(
            "--modalities rna,atac --cells intersection --layer rna=counts,atac=raw"
                + " --latent-mode weighted-mean --modality-weights cell"
                + " --additive-background-modalities rna,adt --feature-scaling-modalities adt"
                + " --learnable-modality-scaling --modality-lr-multiplier rna=2,atac=0.5"
                + " --n-hidden 64 --n-latent rna=9,atac=8 --n-layers atac=2"
                + " --dispersion rna=gene");
    assertThat(run.counts().modalities()).containsExactly("rna", "atac");
    assertThat(run.counts().selection(List.of()).join()).isEqualTo(CellJoin.INTERSECTION);
    assertThat(run.counts().selection(List.of("rna", "atac")).counts())
        .isEqualTo(Map.of("rna", CountSource.layer("counts"), "atac", CountSource.layer("raw")));
    assertThat(run.model().options())
        .isEqualTo(
            new MultimodalOptions(
                new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.CELL),
                Map.of(),
                Map.of("rna", 9, "atac", 8),
                Map.of("atac", 2),
                Map.of("rna", Dispersion.GENE),
                DecodersByModality.defaults(),
                new ModalityTerms(
                    Optional.of(List.of("rna", "adt")), Optional.of(List.of("adt")), true, 5),
                Map.of("rna", 2.0, "atac", 0.5)));
    assertThat(run.model().shared().network())
        .isEqualTo(NetworkConfig.recommended().withSize(64, 128, 1));
    assertThat(run.model().options().given()).hasSize(9).doesNotContain("n_hidden of a modality");
    assertThat(parse("--layer counts").counts().selection(List.of("rna", "atac")).counts())
        .isEqualTo(Map.of("rna", CountSource.layer("counts"), "atac", CountSource.layer("counts")));
    assertThat(parse("").model().options()).isEqualTo(MultimodalOptions.defaults());
    assertThat(parse("").model().options().given()).isEmpty();
    assertThat(parse("").counts().selection(List.of()).join()).isEqualTo(CellJoin.UNION);
  }
}
