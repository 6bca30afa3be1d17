package org.regularizedvi.spark.command;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Mistakes;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.input.Amount;
import org.regularizedvi.spark.question.Asked;
import org.regularizedvi.spark.question.OptionTexts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Asks a question of which each cell has an answer, and writes a row for each. */
abstract class CellCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Cells")
  private ScoringInput input;

  @Mixin(name = "Output")
  private RowsOutput output;

  @Mixin(name = "Help")
  private HelpOption help;

  @Spec private CommandSpec spec;

  CellCommand(Console console) {
    this.console = console;
  }

  /** {@return which question} */
  abstract Asked.Kind kind();

  @Override
  public Integer call() {
    ParseResult line = spec.commandLine().getParseResult();
    SparkSession spark = SparkPrograms.session(spec.name());
    output.require(spark, input.places());
    Asked asked = new Asked(kind(), OptionTexts.of(line, kind().question()));
    if (!output.write(input.open(spark, line, console::say).answers(asked))) {
      return Mistakes.STOPPED;
    }
    console.say(
        "wrote %s with a row for each of %s"
            .formatted(
                output.place(), Amount.of(spark.read().parquet(output.place()).count(), "cell")));
    return 0;
  }
}
