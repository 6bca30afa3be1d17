package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regularizedvi.ambient.ProfileFiles;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cli.demo.DemoFolder;
import org.regularizedvi.cli.demo.Findings;
import org.regularizedvi.cli.options.ComputeOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.Inputs;
import org.regularizedvi.cli.options.LatentOutput;
import org.regularizedvi.cli.options.MapOptions;
import org.regularizedvi.cli.options.Outputs;
import org.regularizedvi.cli.options.Reading;
import org.regularizedvi.cli.options.RunSettings;
import org.regularizedvi.cli.reporting.Durations;
import org.regularizedvi.cli.reporting.ReportFiles;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code regularizedvi demo} trains on real cells and shows what the model does. */
@Command(
    name = "demo",
    description =
        "Train a model on 2,000 blood cells of two conditions (Kang et al. 2018), which come with the"
            + " program, and show what it found.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final String CONDITION = "condition";

  private final Console console;

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "Folder to write the files into (default: ${DEFAULT-VALUE}).")
  private Path outDir = Path.of("regularizedvi-demo");

  @Option(
      names = "--max-epochs",
      paramLabel = "N",
      description = "Number of passes over the cells (default: ${DEFAULT-VALUE}).")
  private int maxEpochs = 80;

  @Mixin(name = "Run")
  private ComputeOptions compute;

  @Mixin(name = "Help")
  private HelpOption help;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    compute.applyToTraining(Optional.empty());
    DemoFolder folder = new DemoFolder(outDir);
    folder.prepare();
    TrainRun run =
        new TrainRun(
            Inputs.of(folder.data()),
            CovariateKeys.batch(CONDITION).withNnConditioning(CONDITION),
            Reading.x(),
            new MultimodalConfig(
                ModelConfig.recommended().with(NetworkConfig.recommended().withSize(128, 30, 1)),
                MultimodalOptions.defaults()),
            TrainConfig.recommended().withTrainSize(1).withMaxEpochs(maxEpochs),
            ProfileFiles.none(),
            RunSettings.defaults(),
            List.of("regularizedvi", "demo"),
            new Outputs(
                Optional.of(Destination.file(folder.result())),
                Optional.of(folder.model()),
                IfExists.REPLACE,
                Optional.empty(),
                new MapOptions(),
                new LatentOutput(),
                new ReportFiles(Optional.of(folder.report()), Optional.empty())));
    TrainRun.Trained trained = run.run(Worker.alone(), console);
    try (CellSource cells = Formats.open(folder.data())) {
      print(
          folder,
          trained,
          Findings.of(
              cells,
              CONDITION,
              trained.embedding().orElseThrow().latent(),
              trained.terms().getFirst()));
    }
    return 0;
  }

  private void print(DemoFolder folder, TrainRun.Trained trained, Findings findings) {
    double[] elbo = trained.history().of("elbo_train");
    String[] paragraphs = {
      String.format(
          Locale.ROOT,
          """
          Trained %d epochs in %s on 2,000 blood cells, half of them stimulated with interferon beta.

          Fit in nats per cell, lower is better: ELBO %.0f after the first epoch, %.0f after the last.

          Mixing of the two conditions among each cell's 15 nearest neighbours (0: apart, 1: as by chance):
            %.2f  by the counts (cosine of log-normalised counts)
            %.2f  in the latent representation
          """,
          elbo.length,
          Durations.text(trained.note().time()),
          elbo[0],
          elbo[elbo.length - 1],
          findings.mixingBefore(),
          findings.mixingAfter()),
      """
      Genes with most ambient background above the mean of both conditions:
        %s
      """
          .formatted(String.join("\n  ", findings.ambient())),
      """
      Files:
        %s  the cells, with obsm["X_regularizedvi"] and what was learned
        %s  the model, for regularizedvi evaluate and embed
        %s  the report: open it in a browser

      Open the result in Python:
        import scanpy as sc; cells = sc.read_h5ad("%s")
        sc.pp.neighbors(cells, use_rep="X_regularizedvi"); sc.tl.umap(cells); sc.pl.umap(cells, color="%s")"""
          .formatted(
              folder.result(),
              padded(folder.model(), folder.result()),
              padded(folder.report(), folder.result()),
              folder.result(),
              CONDITION)
    };
    console.out().println(String.join("\n", paragraphs));
  }

  /** {@return the path with as many blanks behind it as a longer one has letters more} */
  private static String padded(Path path, Path longer) {
    return path + " ".repeat(longer.toString().length() - path.toString().length());
  }
}
