package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.ChosenOptions;
import org.regularizedvi.cli.options.ComputeOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.ScoreOption;
import org.regularizedvi.cli.reporting.Chosen;
import org.regularizedvi.cli.reporting.ReportFiles;
import org.regularizedvi.cli.reporting.ReportMaker;
import org.regularizedvi.cli.reporting.RunTeller;
import org.regularizedvi.engine.Question;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regularizedvi report} writes a page that shows whether a run worked. */
@Command(
    name = "report",
    description =
        "Write one page that shows whether a training worked and what it found. Any browser can open"
            + " it.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Option(
      names = "--out",
      paramLabel = "OUT.html",
      required = true,
      description = "The page to write.")
  private Path out;

  @Option(
      names = "--metrics-out",
      paramLabel = "DIR",
      description =
          "Folder to write metrics.json, metrics.csv and regularizedvi_mqc.json (which MultiQC reads)"
              + " into.")
  private Optional<Path> metrics = Optional.empty();

  @Option(names = "--overwrite", description = "Replace files that exist.")
  private boolean overwrite;

  @Mixin(name = "The map")
  private ChosenOptions chosen;

  @Mixin(name = "Scores of integration")
  private ScoreOption scores;

  @Mixin(name = "Run")
  private ComputeOptions compute;

  @Mixin(name = "Help")
  private HelpOption help;

  @Spec private CommandSpec spec;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    compute.apply(Question.OTHER);
    Chosen shown = chosen.toChosen().withScores(scores.keys());
    ReportFiles files = new ReportFiles(Optional.of(out), metrics);
    files.require(IfExists.replaceIf(overwrite));
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      Report report =
          new ReportMaker(open.model(), open.cells(), console::say)
              .make(RunTeller.tell(open.model(), open.cells(), input.training(), command()), shown);
      files.write(report, IfExists.replaceIf(overwrite));
      console.say("wrote %s".formatted(out));
    }
    return 0;
  }

  private List<String> command() {
    return RunTeller.command(spec);
  }
}
