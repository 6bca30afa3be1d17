package org.regularizedvi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi evaluate}: how well a model explains a file's cells, as JSON. */
@Command(
    name = "evaluate",
    description = {
      "Print how well a model explains the cells of a file, as JSON: mean nats a cell, lower is"
          + " better.",
      "elbo is the sum of reconstruction (negative log-likelihood), kl_z and kl_l."
    },
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "INPUT", description = "The .h5ad file with raw counts.")
  private Path input;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the trained model.")
  private Path modelDir;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply();
    Counts from = counts.toCounts();
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(modelDir);
        AnnDataFile file = AnnDataFile.open(input)) {
      Evaluation evaluation = model.evaluate(file, from.source(), from.checks(), run.seed());
      console.out().println(json(evaluation));
    }
    return 0;
  }

  private static String json(Evaluation evaluation) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("elbo", evaluation.elbo());
    node.put("reconstruction", evaluation.reconstruction());
    node.put("kl_z", evaluation.klZ());
    node.put("kl_l", evaluation.klL());
    node.put("n_cells", evaluation.nCells());
    return node.toPrettyString();
  }
}
