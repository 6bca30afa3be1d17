package org.regularizedvi.cells.view;

import java.util.stream.IntStream;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.input.InputException;

/**
 * Says what a column of cells is to hold, or not to hold.
 *
 * @param column the name of the column
 * @param equal whether it is to hold the value; else it must not
 * @param value the value as text
 */
record Condition(String column, boolean equal, String value) {
  /**
   * Reads a condition as a user writes it.
   *
   * @throws InputException when it is neither COLUMN=VALUE nor COLUMN!=VALUE
   */
  static Condition parse(String text) {
    int at = text.indexOf('=');
    boolean equal = at < 1 || text.charAt(at - 1) != '!';
    int end = equal ? at : at - 1;
    if (end < 1) {
      throw new InputException(
          "cells_where expects COLUMN=VALUE or COLUMN!=VALUE, but found '%s'.".formatted(text));
    }
    return new Condition(text.substring(0, end).strip(), equal, text.substring(at + 1).strip());
  }

  /** Tells of each cell whether it meets the condition; one without a value is equal to none. */
  boolean[] meets(Column cells) {
    boolean[] meets = new boolean[cells.size()];
    IntStream.range(0, meets.length).forEach(cell -> meets[cell] = has(cells, cell) == equal);
    return meets;
  }

  private boolean has(Column cells, int cell) {
    return PandasText.of(cells, cell).filter(this::same).isPresent();
  }

  /** Tells whether a text is the value; a number may be written as a whole one. */
  private boolean same(String text) {
    return text.equals(value) || text.equals(value + ".0");
  }

  @Override
  public String toString() {
    return column + (equal ? "=" : "!=") + value;
  }
}
