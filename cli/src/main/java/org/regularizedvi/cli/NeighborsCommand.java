package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.analysis.CellMap;
import org.regularizedvi.analysis.ScoredMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.InputFiles;
import org.regularizedvi.cli.options.MapRunOptions;
import org.regularizedvi.cli.options.NeighbourOptions;
import org.regularizedvi.cli.options.Reading;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.input.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code regularizedvi neighbors} finds neighbours of cells in a representation that a file holds.
 */
@Command(
    name = "neighbors",
    description =
        "Find the neighbours of cells in a representation and write them where scanpy looks for them;"
            + " on request, add a UMAP, Leiden clusters and scores of integration.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class NeighborsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Cells")
  private InputFiles files;

  @Option(
      names = "--use-rep",
      paramLabel = "KEY",
      description = "Name of the representation in obsm (default: ${DEFAULT-VALUE}).")
  private String representation = "X_regularizedvi";

  @Mixin(name = "Output")
  private CopyOutput output;

  @Mixin(name = "Neighbours, layout, clusters")
  private NeighbourOptions options;

  @Mixin(name = "Run")
  private MapRunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  NeighborsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply();
    MapConfig config = options.toConfig(run.seed());
    try (CellSource cells = Reading.x().open(files.toInputs())) {
      output.require(cells);
      String where = "obsm['%s'] of %s".formatted(representation, cells.cells().source());
      ScoredMap found =
          ScoredMap.of(where, cells.obsm(representation), cells.cells(), config, options.scores());
      output.write(cells, TableAdditions.shared(found.additions(representation, config)));
      found.scores().ifPresent(scores -> console.say(ScoreLines.of(scores)));
      say(found.map());
    }
    return 0;
  }

  private void say(CellMap map) {
    if (map.leftOut() > 0) {
      console.warn(
          "%,d of %s %s no values in obsm['%s'] and %s left out"
              .formatted(
                  map.leftOut(),
                  Amount.of(map.all(), "cell"),
                  Amount.word(map.leftOut(), "has", "have"),
                  representation,
                  Amount.word(map.leftOut(), "was", "were")));
    }
    console.say(
        "found %s of %s%s; wrote %s"
            .formatted(
                Amount.of(map.config().neighbours(), "neighbour"),
                Amount.of(map.cells().length, "cell"),
                map.clusters().isPresent()
                    ? " and " + Amount.of(map.clusterCount(), "cluster")
                    : "",
                output.path()));
  }
}
