package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.ConfigOption;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.GenerativeOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.KeyOptions;
import org.regularizedvi.cli.options.LibraryOptions;
import org.regularizedvi.cli.options.ModalityOptions;
import org.regularizedvi.cli.options.NetworkOptions;
import org.regularizedvi.cli.options.OutputOptions;
import org.regularizedvi.cli.options.PenaltyOptions;
import org.regularizedvi.cli.options.PresetOption;
import org.regularizedvi.cli.options.PriorOptions;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.cli.options.StartOptions;
import org.regularizedvi.cli.options.TrainingOptions;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.MultimodalConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi train}: counts in, latent representation and model out. */
@Command(
    name = "train",
    description = "Train a model on raw counts and write the latent representation back.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Example: regularizedvi train pbmc.h5ad --out pbmc_latent.h5ad --model-dir pbmc_model"
          + " --batch-key sample --nn-conditioning-covariate-keys donor,site"
    })
final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "INPUT", description = "The .h5ad or .h5mu file with raw counts.")
  private Path input;

  @Mixin(name = "Output (at least one)")
  private OutputOptions outputs;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Keys: columns of obs and what they are used for")
  private KeyOptions keys;

  @Mixin(name = "Modalities of an .h5mu")
  private ModalityOptions modalities;

  @Mixin(name = "Model (* marks what --preset published changes)")
  private PresetOption preset;

  @Mixin(name = "Networks")
  private NetworkOptions network;

  @Mixin(name = "Generative model")
  private GenerativeOptions generative;

  @Mixin(name = "Library size")
  private LibraryOptions library;

  @Mixin(name = "Priors")
  private PriorOptions priors;

  @Mixin(name = "Start values")
  private StartOptions starts;

  @Mixin(name = "Penalties")
  private PenaltyOptions penalties;

  @Mixin(name = "Training")
  private TrainingOptions training;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Configuration file")
  private ConfigOption config;

  @Mixin(name = "Help")
  private HelpOption help;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TrainRun request = request();
    run.apply();
    request.summarise(request.run(console), console);
    return 0;
  }

  private MultimodalConfig model() {
    return new MultimodalConfig(
        shared(), modalities.toOptions(network, generative.dispersionByModality()));
  }

  private ModelConfig shared() {
    ModelConfig base = preset.preset().config();
    return new ModelConfig(
        base.preset(),
        network.toConfig(base.network()),
        generative.toConfig(),
        library.toConfig(base.library()),
        priors.toConfig(base.priors()),
        starts.toConfig(base.starts()),
        penalties.toConfig(base.penalties()));
  }

  /** Returns what the options ask for. */
  TrainRun request() {
    return new TrainRun(
        input,
        keys.toKeys(),
        counts.toCounts().of(modalities.modalities()),
        model(),
        training.toConfig(preset.preset().training()),
        run.seed(),
        outputs.toOutputs());
  }
}
