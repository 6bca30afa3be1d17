package org.regularizedvi.spark.command;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.input.InputException;
import org.regularizedvi.spark.input.FileOptions;
import org.regularizedvi.spark.input.FilesAsked;
import org.regularizedvi.spark.question.OptionTexts;
import org.regularizedvi.spark.scoring.CellFiles;
import org.regularizedvi.spark.scoring.CellRows;
import org.regularizedvi.spark.scoring.ScoredCells;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** Holds the cells that a command asks about. */
final class ScoringInput {
  private static final String TABLE = ".parquet";

  /** The option that tables have too. */
  private static final String ANY_NUMBER = "--allow-non-integer";

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "Files or folders of raw counts as the program on one machine reads them, which every"
              + " process must see; several are one data set. Or a table of cells (.parquet), with"
              + " the columns obs_names, place, indices, counts and those of the model's keys;"
              + " several are one table.")
  private List<String> inputs;

  @Mixin private FileOptions files;

  /** {@return the places of the inputs} */
  List<String> places() {
    return inputs;
  }

  /**
   * {@return the cells}
   *
   * @param line the command line, parsed
   * @param say is told, in a sentence each, how they are read where nobody asked for it
   * @throws InputException when a table cannot be read, or tables and files are mixed
   */
  ScoredCells open(SparkSession spark, ParseResult line, Consumer<String> say) {
    OptionTexts options = OptionTexts.of(line, new FileOptions());
    long tables = inputs.stream().filter(ScoringInput::isTable).count();
    if (tables == 0) {
      return new CellFiles(spark, new FilesAsked(inputs, options), say);
    }
    if (tables < inputs.size()) {
      throw new InputException(
          "Tables of cells (.parquet) and files of cells are both among the inputs; expected one or the other.");
    }
    options.texts().stream()
        .filter(option -> option.startsWith("--") && !option.equals(ANY_NUMBER))
        .findFirst()
        .ifPresent(
            option -> {
              throw new InputException(
                  "%s is an option for files of cells; a table has its counts in the columns indices and counts."
                      .formatted(option));
            });
    return new CellRows(
        table(spark), String.join(", ", inputs), files.reading().checks(), false, say);
  }

  private static boolean isTable(String input) {
    return input.replaceFirst("/+$", "").endsWith(TABLE);
  }

  private Dataset<Row> table(SparkSession spark) {
    for (String input : inputs) {
      if (!Place.of(spark, input).exists()) {
        throw new InputException("There is no table %s.".formatted(input));
      }
    }
    return spark.read().parquet(inputs.toArray(String[]::new));
  }
}
