package org.regularizedvi.spark.command;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.answers.DiagnosisSums;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.DiagnosisOutput;
import org.regularizedvi.cli.options.FeatureTable;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.spark.executor.Held;
import org.regularizedvi.spark.executor.MinibatchSums;
import org.regularizedvi.spark.executor.Shelf;
import org.regularizedvi.spark.question.Evaluation;
import org.regularizedvi.spark.question.OptionTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code evaluate}, on a cluster. */
@Command(
    name = "evaluate",
    description =
        "Print how well a model explains cells, as JSON, as evaluate of the program on one machine"
            + " does: to the bit where no minibatch is in two partitions of a table.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Cells")
  private ScoringInput input;

  @Mixin(name = "Model")
  private Evaluation evaluation;

  @Mixin(name = "Output")
  private FeatureTable table;

  @Mixin(name = "Help")
  private HelpOption help;

  @Spec private CommandSpec spec;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ParseResult line = spec.commandLine().getParseResult();
    table.require(List.of());
    SparkSession spark = SparkPrograms.session(spec.name());
    List<MinibatchSums> sums =
        input
            .open(spark, line, console::say)
            .sums(evaluation, OptionTexts.of(line, new Evaluation()), table.wanted());
    DiagnosisSums all =
        sums.stream()
            .sorted(Comparator.comparingInt(MinibatchSums::place))
            .map(MinibatchSums::sums)
            .reduce(DiagnosisSums::plus)
            .orElseThrow(
                () ->
                    new InputException(
                        "There are no cells in %s.".formatted(String.join(", ", input.places()))));
    try (Shelf.Lent<RegularizedModel> lent = Held.model(evaluation)) {
      DiagnosisOutput found = new DiagnosisOutput(lent.open().diagnosis(all));
      found.write(table, lent.open());
      console.out().println(found.json());
    }
    return 0;
  }
}
