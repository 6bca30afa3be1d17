package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.regularizedvi.cells.FeatureChoice;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cli.options.AmbientOptions;
import org.regularizedvi.cli.options.CheckpointOptions;
import org.regularizedvi.cli.options.ConfigFile;
import org.regularizedvi.cli.options.ConfigOption;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.DeclaredOptions;
import org.regularizedvi.cli.options.GivenOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.InputFiles;
import org.regularizedvi.cli.options.Keeping;
import org.regularizedvi.cli.options.MemoryOptions;
import org.regularizedvi.cli.options.ModalityOptions;
import org.regularizedvi.cli.options.OutputOptions;
import org.regularizedvi.cli.options.PresetOption;
import org.regularizedvi.cli.options.Reading;
import org.regularizedvi.cli.options.ResumeOption;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.cli.options.RunSettings;
import org.regularizedvi.cli.reporting.RunTeller;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Options;
import org.regularizedvi.training.continuation.CheckpointFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code regularizedvi train} makes a latent representation and a model of counts. */
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
public class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Output (at least one)")
  private OutputOptions outputs;

  @Mixin(name = "Continue (without keys and options of the model, which it has)")
  private ResumeOption resume;

  @Mixin(name = "Several inputs")
  private InputFiles files;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Features to train on")
  private DeclaredOptions features = DeclaredOptions.of(FeatureChoice.all());

  @Mixin(name = "Keys: columns of obs and what they are used for")
  private DeclaredOptions keys = DeclaredOptions.of(CovariateKeys.none());

  @Mixin(name = "Modalities of an .h5mu")
  private ModalityOptions modalities;

  @Mixin(name = "Ambient RNA, where it was measured")
  private AmbientOptions ambient;

  @Mixin(name = "Model (* marks what --preset published changes)")
  private PresetOption preset;

  @Mixin(name = "Networks")
  private DeclaredOptions network = ofTheModel(ModelConfig::network);

  @Mixin(name = "Generative model")
  private DeclaredOptions generative = ofTheModel(ModelConfig::generative);

  @Mixin(name = "Library size")
  private DeclaredOptions library = ofTheModel(ModelConfig::library);

  @Mixin(name = "Priors")
  private DeclaredOptions priors = ofTheModel(ModelConfig::priors);

  @Mixin(name = "Start values")
  private DeclaredOptions starts = ofTheModel(ModelConfig::starts);

  @Mixin(name = "Penalties")
  private DeclaredOptions penalties = ofTheModel(ModelConfig::penalties);

  @Mixin(name = "Priors of z and hidden layers")
  private DeclaredOptions latentPrior = ofTheModel(ModelConfig::latentPrior);

  @Mixin(name = "Training")
  private DeclaredOptions training =
      DeclaredOptions.of(TrainConfig.recommended(), TrainConfig.published());

  @Mixin(name = "Interrupted runs (the same command goes on)")
  private CheckpointOptions checkpoints;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Memory")
  private MemoryOptions memory;

  @Mixin(name = "Configuration file")
  private ConfigOption config;

  @Mixin(name = "Help")
  private HelpOption help;

  @Spec private CommandSpec spec;

  /**
   * Makes a command whose options are yet to be given.
   *
   * @param console takes what it says
   */
  protected TrainCommand(Console console) {
    this.console = console;
  }

  private static DeclaredOptions ofTheModel(Function<ModelConfig, Record> part) {
    return DeclaredOptions.of(
        part.apply(ModelConfig.recommended()), part.apply(ModelConfig.published()));
  }

  @Override
  public Integer call() {
    TrainRun request = request();
    Processor.warning().ifPresent(console::say);
    run.applyToTraining(request.outputs().engineBefore());
    return run(request, console);
  }

  /** Does what the options ask for. */
  Integer run(TrainRun request, Console console) {
    train(request, Worker.alone());
    return 0;
  }

  private void train(TrainRun request, Worker worker) {
    TrainRun.Trained trained =
        resume.folder().isPresent()
            ? request.resume(resume.folder().get(), worker, console)
            : request.run(worker, console);
    if (worker.first()) {
      request.summarise(trained, console);
    }
  }

  /**
   * Trains as one of several processes, each of which does so with the same options.
   *
   * @param peers connects them
   * @param task what was settled for this one
   */
  public final void train(Peers peers, Worker.Task task) {
    Worker worker = new Worker(peers, Optional.of(task));
    TrainRun request = request(worker);
    run.applyToTraining(task.threads());
    train(request, worker);
  }

  /**
   * Looks at all that can be told before counts are read, and does what must be done before several
   * processes {@link #train}: checkpoints are removed where that is asked for.
   *
   * @throws InputException when the input cannot be opened or an output cannot be written
   */
  protected final void prepare() {
    request().require(resume.folder(), console);
  }

  /** {@return the newest checkpoint beside the outputs; empty where there is none} */
  protected final Optional<Path> newestCheckpoint() {
    Keeping keeping = checkpoints.toKeeping(run.namesDevice());
    return CheckpointFolder.newest(outputs.toOutputs(keeping).checkpoints());
  }

  /** Refuses options that a model that exists has already, from the command line or a file. */
  private void requireNothingOfTheModel() {
    ParseResult line = spec.commandLine().getParseResult();
    for (CommandSpec part : spec.mixins().values()) {
      if (isOfTheModel(part.userObject())) {
        part.options().forEach(option -> requireNotGiven(option, line));
      }
    }
    requireNotGiven(spec.findOption("--seed"), line);
  }

  private boolean isOfTheModel(Object options) {
    return switch (options) {
      case DeclaredOptions declared -> declared != training;
      case ModalityOptions _, PresetOption _, AmbientOptions _ -> true;
      default -> false;
    };
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

  /** {@return the training that the options ask for, of a process that a user has started} */
  final TrainRun request() {
    return request(Worker.alone());
  }

  private TrainRun request(Worker worker) {
    resume.folder().ifPresent(_ -> requireNothingOfTheModel());
    Preset base = resume.folder().map(ModelDirectory::preset).orElse(preset.preset());
    GivenOptions given = new GivenOptions(spec);
    Keeping keeping = checkpoints.toKeeping(run.namesDevice());
    return new TrainRun(
        files.toInputs(),
        Options.map(CovariateKeys.none(), given),
        reading(worker, given),
        Options.map(
            new MultimodalConfig(preset.preset().config(), MultimodalOptions.defaults()), given),
        Options.map(base.training(), given),
        ambient.toFiles(),
        new RunSettings(run.seed(), memory.toCheck(), memory.onDisk(), memory.diskReads()),
        RunTeller.command(spec),
        outputs.toOutputs(worker.task().isPresent() ? keeping.goingOn() : keeping));
  }

  private Reading reading(Worker worker, GivenOptions given) {
    Reading reading =
        counts
            .toReading()
            .of(modalities.modalities())
            .with(Options.map(FeatureChoice.all(), given));
    return worker
        .task()
        .map(task -> reading.trusting().beside(task.temporary().resolve("counts")))
        .orElse(reading);
  }
}
