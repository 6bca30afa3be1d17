package org.regularizedvi.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regularizedvi.analysis.CellMap;
import org.regularizedvi.analysis.MarkerContingency;
import org.regularizedvi.analysis.ScoredMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.InputFiles;
import org.regularizedvi.cli.options.MapRunOptions;
import org.regularizedvi.cli.options.NeighbourOptions;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.core.config.ScoreKeys;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;
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

  @Option(
      names = "--compare-rep",
      paramLabel = "KEY",
      description =
          "A second representation in obsm, such as that of another model: also count the cells by what"
              + " marker genes (markers in --scores) say of their neighbours in both.")
  private Optional<String> compared = Optional.empty();

  @Mixin(name = "Counts, which markers are read from")
  private CountOptions counts;

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
    if (compared.isPresent() && options.scores().flatMap(ScoreKeys::markers).isEmpty()) {
      throw new InputException(
          "--compare-rep compares what marker genes say; expected batch=COL and"
              + " markers=COLUMN|FILE in --scores beside it.");
    }
    try (CellSource cells = counts.toReading().open(files.toInputs())) {
      output.require(cells);
      String where = "obsm['%s'] of %s".formatted(representation, cells.cells().source());
      ScoredMap found =
          ScoredMap.of(
              where, cells.obsm(representation), cells, config, options.scores(), console::say);
      Optional<MarkerContingency> contingency =
          compared.map(other -> MarkerContingency.of(representation, found, other, cells));
      List<Addition> additions = new ArrayList<>(found.additions(representation, config));
      contingency.ifPresent(own -> additions.add(own.addition()));
      output.write(cells, TableAdditions.shared(additions));
      found.scores().ifPresent(scores -> console.say(ScoreLines.of(scores)));
      contingency.ifPresent(own -> console.say(own.text()));
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
