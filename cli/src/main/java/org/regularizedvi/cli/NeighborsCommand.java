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
          "%d of %d cells have no values in obsm['%s'] and were left out"
              .formatted(map.leftOut(), map.all(), representation));
    }
    console.say(
        "found %d neighbours of %d cells%s; wrote %s"
            .formatted(
                map.config().neighbours(),
                map.cells().length,
                map.clusters().isPresent() ? " and %d clusters".formatted(map.clusterCount()) : "",
                output.path()));
  }
}
