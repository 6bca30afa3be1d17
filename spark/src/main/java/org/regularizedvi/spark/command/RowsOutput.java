package org.regularizedvi.spark.command;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.cli.Interruption;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Option;

/** Holds the options that say where answers go, as a table with a row for each cell. */
final class RowsOutput {
  @Option(
      names = "--out",
      paramLabel = "OUT",
      required = true,
      description =
          "Folder of Parquet files, on any file system that Spark knows; the file _SUCCESS in it says"
              + " that it is whole.")
  private String out;

  @Option(names = "--overwrite", description = "Replace the folder if it exists.")
  private boolean overwrite;

  /** {@return the folder} */
  String place() {
    return out;
  }

  /**
   * Checks, before any work is done, that the table can be written.
   *
   * @param inputs the places that are read
   * @throws InputException when it is there and may not be replaced, is an input, or is being
   *     replaced by another run
   */
  void require(SparkSession spark, List<String> inputs) {
    Place place = Place.of(spark, out);
    for (String input : inputs) {
      if (place.within(Place.of(spark, input)) || Place.of(spark, input).within(place)) {
        throw new InputException(
            "The output %s and the input %s are in one another; choose another place, an input is never changed."
                .formatted(out, input));
      }
    }
    if (!overwrite && place.exists()) {
      throw new InputException(
          "%s already exists; choose another name or give --overwrite.".formatted(out));
    }
    requireNothingLeft(before(place));
  }

  private static Place before(Place place) {
    return place.beside(".%s.before".formatted(place.name()));
  }

  /** Nothing tells on these file systems whether the other run was killed or goes on. */
  private static void requireNothingLeft(Place before) {
    if (before.exists()) {
      throw new InputException(
          "%s is what a run that was killed had begun to replace; move it elsewhere or remove it."
              .formatted(before));
    }
  }

  /**
   * Writes the table; Spark takes the rows of each piece from one task alone. Where that fails, or
   * the driver is told to end, what was there before is there again.
   *
   * @return whether it is written: false when the driver was told to end
   */
  boolean write(Dataset<Row> rows) {
    return write(rows, new DriverSignal());
  }

  boolean write(Dataset<Row> rows, Interruption.Signal signal) {
    SparkContext spark = rows.sparkSession().sparkContext();
    String group = "regularizedvi-" + UUID.randomUUID();
    AtomicBoolean stopping = new AtomicBoolean();
    Runnable stop =
        () -> {
          stopping.set(true);
          spark.cancelJobGroupAndFutureJobs(group);
        };
    spark.setJobGroup(group, "regularizedvi writes " + out, true);
    try (Interruption _ = new Interruption(signal, stop)) {
      replace(rows);
      return true;
    } catch (Throwable e) { // Scala throws checked exceptions without saying so
      if (stopping.get()) {
        return false;
      }
      throw e;
    } finally {
      spark.clearJobGroup();
    }
  }

  private void replace(Dataset<Row> rows) {
    Place place = Place.of(rows.sparkSession(), out);
    Place before = before(place);
    boolean replaces = place.exists();
    if (replaces) {
      requireNothingLeft(before);
      place.moveTo(before);
    }
    try {
      rows.write().mode(SaveMode.ErrorIfExists).parquet(out);
    } catch (Throwable e) { // Scala throws checked exceptions without saying so
      place.remove();
      if (replaces) {
        before.moveTo(place);
      }
      throw e;
    }
    if (replaces) {
      before.remove();
    }
  }
}
