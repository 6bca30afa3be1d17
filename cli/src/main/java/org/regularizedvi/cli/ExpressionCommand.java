package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.ExpressionOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.model.Expression;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi expression}: what cells express, denoised. */
@Command(
    name = "expression",
    description =
        "Write the denoised expression of a file's cells, the decoder's output without background"
            + " and scaling of features, as a layer; with several modalities each one's.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class ExpressionCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "INPUT", description = "The .h5ad or .h5mu file with raw counts.")
  private Path input;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the trained model.")
  private Path modelDir;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      required = true,
      description = "Copy of INPUT with the expression.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the output when it exists.")
  private boolean overwrite;

  @Mixin(name = "Expression")
  private ExpressionOptions expression;

  @Mixin(name = "Counts")
  private CountOptions counts;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  ExpressionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply();
    try (OpenModel model = OpenModel.load(input, modelDir, counts.toCounts())) {
      H5adCopy.requireTarget(input, out, overwrite);
      try (Expression found = model.express(expression.toPlan(run.seed(), out))) {
        model.writeExpression(out, found, expression.layerOut(), overwrite);
        console.say("wrote %s with '%s'".formatted(out, expression.layerOut()));
      }
    }
    return 0;
  }
}
