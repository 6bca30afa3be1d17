package org.regularizedvi.spark.command;

import org.regularizedvi.input.InputException;
import picocli.CommandLine.Option;

/** Holds {@code --workers}. */
final class WorkersOption {
  @Option(
      names = "--workers",
      paramLabel = "N",
      required = true,
      description =
          "Tasks that train together, which Spark must have room for at once: best one for each"
              + " executor, with all its cores (spark.task.cpus). No result depends on their number.")
  private int number;

  /** {@return how many} */
  int number() {
    return number;
  }

  /**
   * Checks the number.
   *
   * @throws InputException when there is not at least one
   */
  void require() {
    if (number < 1) {
      throw new InputException("workers must be at least 1, but is %d.".formatted(number));
    }
  }
}
