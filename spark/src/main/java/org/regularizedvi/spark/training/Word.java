package org.regularizedvi.spark.training;

import java.io.Serializable;

/**
 * Is what the first worker tells the driver at once, whatever becomes of the others.
 *
 * @param line for the user
 * @param last whether all outputs are written
 */
record Word(String line, boolean last) implements Serializable {
  /** {@return a line for the user} */
  static Word line(String line) {
    return new Word(line, false);
  }

  /** {@return the last word: all outputs are written} */
  static Word end() {
    return new Word("", true);
  }
}
