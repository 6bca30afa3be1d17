package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.CopyOutput;
import org.regularizedvi.cli.options.ExpressionOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.engine.Question;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code regularizedvi expression} writes the denoised expression of cells. */
@Command(
    name = "expression",
    description =
        "Write the denoised expression of a file's cells as a layer: the decoder's output, without"
            + " background and without the scaling of features. A model of several modalities writes"
            + " a layer for each.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class ExpressionCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private CopyOutput output;

  @Mixin(name = "Expression")
  private ExpressionOptions expression;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  ExpressionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply(Question.EXPRESSION);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      output.require(open.cells());
      try (Expression found =
          open.model().express(open.cells(), expression.toPlan(run.seed(), output.beside()))) {
        output.write(
            open.cells(),
            Results.ofExpression(open.model(), open.cells(), found, expression.layerOut()));
        console.say("wrote %s with '%s'".formatted(output.path(), expression.layerOut()));
      }
    }
    return 0;
  }
}
