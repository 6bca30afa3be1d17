package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CheckpointOptions;
import org.regularizedvi.cli.options.ConfigFile;
import org.regularizedvi.cli.options.ConfigOption;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.GenerativeOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.KeyOptions;
import org.regularizedvi.cli.options.LibraryOptions;
import org.regularizedvi.cli.options.MemoryOption;
import org.regularizedvi.cli.options.ModalityOptions;
import org.regularizedvi.cli.options.NetworkOptions;
import org.regularizedvi.cli.options.OutputOptions;
import org.regularizedvi.cli.options.PenaltyOptions;
import org.regularizedvi.cli.options.PresetOption;
import org.regularizedvi.cli.options.PriorOptions;
import org.regularizedvi.cli.options.ResumeOption;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.cli.options.RunSettings;
import org.regularizedvi.cli.options.StartOptions;
import org.regularizedvi.cli.options.TrainingOptions;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code regularizedvi train}: counts in, latent representation and model out. */
@Command(
    name = "train",
    description =
        "Train a model on raw counts, and write the latent representation into a copy of the file.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Example: regularizedvi train pbmc.h5ad --out pbmc_latent.h5ad --model-dir pbmc_model"
          + " --batch-key sample --nn-conditioning-covariate-keys donor,site"
    })
class TrainCommand implements Callable<Integer> {
  private static final String KEYS = "Keys: columns of obs and what they are used for";
  private static final String MODALITIES = "Modalities of an .h5mu";
  private static final String MODEL = "Model (* marks what --preset published changes)";
  private static final List<String> OF_THE_MODEL =
      List.of(
          KEYS,
          MODALITIES,
          MODEL,
          "Networks",
          "Generative model",
          "Library size",
          "Priors",
          "Start values",
          "Penalties");
  private final Console console;

  @Parameters(
      paramLabel = "INPUT",
      description = "The .h5ad or .h5mu file that holds the raw counts.")
  private Path input;

  @Mixin(name = "Output (at least one)")
  private OutputOptions outputs;

  @Mixin(name = "Continue (without keys and options of the model, which it has)")
  private ResumeOption resume;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = KEYS)
  private KeyOptions keys;

  @Mixin(name = MODALITIES)
  private ModalityOptions modalities;

  @Mixin(name = MODEL)
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

  @Mixin(name = "Interrupted runs (the same command goes on)")
  private CheckpointOptions checkpoints;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Memory")
  private MemoryOption memory;

  @Mixin(name = "Configuration file")
  private ConfigOption config;

  @Mixin(name = "Help")
  private HelpOption help;

  @Spec private CommandSpec spec;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TrainRun request = request();
    run.apply();
    return run(request, console);
  }

  /** Does what the options ask for. */
  Integer run(TrainRun request, Console console) {
    request.summarise(
        resume.folder().isPresent()
            ? request.resume(resume.folder().get(), console)
            : request.run(console),
        console);
    return 0;
  }

  /** Refuses what a model that exists has already, from the command line or a file. */
  private void requireNothingOfTheModel() {
    ParseResult line = spec.commandLine().getParseResult();
    for (String part : OF_THE_MODEL) {
      for (OptionSpec option : spec.mixins().get(part).options()) {
        requireNotGiven(option, line);
      }
    }
    requireNotGiven(spec.findOption("--seed"), line);
  }

  private void requireNotGiven(OptionSpec option, ParseResult line) {
    if (line.hasMatchedOption(option) || inFile(option)) {
      throw new InputException(
          "%s is of the model, which --resume-from gives; expected no such option beside it."
              .formatted(option.longestName()));
    }
  }

  private boolean inFile(OptionSpec option) {
    return spec.defaultValueProvider() instanceof ConfigFile file
        && file.defaultValue(option) != null;
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
    resume.folder().ifPresent(_ -> requireNothingOfTheModel());
    Preset base = resume.folder().map(ModelDirectory::preset).orElse(preset.preset());
    return new TrainRun(
        input,
        keys.toKeys(),
        counts.toReading().of(modalities.modalities()),
        model(),
        training.toConfig(base.training()),
        new RunSettings(run.seed(), memory.toCheck()),
        spec.root().commandLine().getParseResult().originalArgs(),
        outputs.toOutputs(checkpoints.toKeeping()));
  }
}
