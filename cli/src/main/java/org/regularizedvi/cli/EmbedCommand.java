package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regularizedvi.analysis.IntegrationScores;
import org.regularizedvi.analysis.ScoredMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cli.options.ComputeOptions;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.ExtendOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.LatentOutput;
import org.regularizedvi.cli.options.MapOptions;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.SliceOption;
import org.regularizedvi.cli.reporting.LatentMap;
import org.regularizedvi.cli.reporting.RunTeller;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.store.TrainingNote;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code regularizedvi embed} writes the latent representation of cells under a trained model. */
@Command(
    name = "embed",
    description =
        "Write the latent representation of a file's cells under a trained model. The file must have"
            + " the model's genes, in any order; cells of categories that training did not see need"
            + " --extend.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class EmbedCommand implements Callable<Integer> {
  private static final String NEW = "New categories (all with --extend)";
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private CopyOutput output;

  @Mixin(name = "Output for programs that read tables")
  private LatentOutput latents;

  @Mixin(name = NEW)
  private ExtendOptions extend;

  @Mixin(name = "Cells that lack a modality")
  private SliceOption slices;

  @Mixin(name = "Map")
  private MapOptions map;

  @Mixin(name = "Run")
  private ComputeOptions compute;

  @Mixin(name = "Help")
  private HelpOption help;

  @Spec private CommandSpec spec;

  EmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!extend.asked()) {
      requireNothingOfExtend();
    }
    compute.apply(Question.REPRESENTATION);
    map.require();
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      slices.require(open.model());
      output.require(open.cells());
      map.scores().ifPresent(of -> IntegrationScores.require(open.cells(), of));
      latents.require(open.cells().paths(), others(), output.ifExists());
      if (!extend.asked()) {
        write(open.model(), open.cells());
        return 0;
      }
      extend.require(output);
      Extended extended = extended(open);
      try (RegularizedModel larger = extended.model()) {
        extend
            .folder()
            .ifPresent(folder -> larger.save(folder, extended.note(), output.ifExists()));
        write(larger, open.cells());
      }
    }
    return 0;
  }

  private List<Path> others() {
    return Stream.concat(Stream.of(output.path()), extend.folder().stream()).toList();
  }

  /** Refuses options that would do nothing. */
  private void requireNothingOfExtend() {
    for (OptionSpec option : spec.mixins().get(NEW).options()) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new InputException(
            "%s is an option of --extend; expected --extend beside it."
                .formatted(option.longestName()));
      }
    }
  }

  /** Holds a model that knows new categories, and how they were learned. */
  private record Extended(RegularizedModel model, TrainingNote note) {}

  private Extended extended(OpenModel open) {
    try (Progress progress = new Progress(console)) {
      RegularizedModel larger =
          open.model()
              .extend(open.cells(), extend.toConfig(input.preset()), progress, console::warn);
      return new Extended(
          larger,
          TrainingNote.now(
              RunTeller.command(spec),
              progress.elapsed(),
              progress.wentOn(),
              Engines.current().described()));
    }
  }

  private void write(RegularizedModel model, CellSource cells) {
    Embedding embedding = model.embed(cells, slices.chosen());
    if (slices.chosen() == MissingSlices.PREDICTED) {
      embedding.warning().ifPresent(console::warn);
    }
    Optional<MapConfig> asked = map.toConfig(model.seed());
    Optional<ScoredMap> found =
        new LatentMap(model, cells, asked, map.scores(), map.cells(), console::say)
            .forFile(embedding.latent());
    output.write(
        cells,
        Results.ofEmbedding(model, cells, embedding)
            .with("", found.map(m -> Results.ofMap(m, asked.orElseThrow())).orElse(List.of())));
    found.flatMap(ScoredMap::scores).ifPresent(scores -> console.say(ScoreLines.of(scores)));
    latents.write(cells, embedding, output.ifExists());
    console.say(
        "embedded %s; wrote %s"
            .formatted(
                Amount.of(embedding.latent().rows(), "cell"),
                Stream.concat(others().stream(), latents.files().stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(" and "))));
  }
}
