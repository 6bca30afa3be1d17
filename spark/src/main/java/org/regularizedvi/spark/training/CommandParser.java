package org.regularizedvi.spark.training;

import java.io.Serializable;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.TrainCommand;

/** Makes the command of a training again, in the process of a worker. */
@FunctionalInterface
public interface CommandParser extends Serializable {
  /**
   * {@return the command, whose options are given}
   *
   * @param console takes what it says
   * @throws org.regularizedvi.input.InputException when an option does not fit there
   */
  TrainCommand parse(Console console);
}
