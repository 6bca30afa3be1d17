package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.DifferentialOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.cli.options.TableOutput;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.core.result.DifferentialPlan;
import org.regularizedvi.engine.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code regularizedvi differential-expression} tells in which features groups of cells differ. */
@Command(
    name = "differential-expression",
    description =
        "Compare the expression of groups of cells, feature by feature, by samples from the model's"
            + " posterior. The table has the columns that scvi-tools gives it, under the same names.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class DifferentialExpressionCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private TableOutput output;

  @Mixin(name = "Comparison")
  private DifferentialOptions options;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  DifferentialExpressionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply(Question.OTHER);
    DifferentialPlan plan = options.toPlan(run.seed());
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      output.require(open.cells());
      DifferentialTable table = open.model().differentialExpression(open.cells(), plan);
      output.write(open, table);
      console.say(
          "compared %s; wrote %s"
              .formatted(
                  table.comparisons().size() == 1
                      ? table.comparisons().getFirst().comparison()
                      : table.comparisons().size() + " pairs of groups",
                  output.words()));
    }
    return 0;
  }
}
