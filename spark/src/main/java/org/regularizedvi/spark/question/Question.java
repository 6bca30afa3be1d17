package org.regularizedvi.spark.question;

import java.nio.file.Path;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.model.RegularizedModel;

/** Asks about cells of which each has an answer of its own. */
public abstract class Question extends ModelQuestion {
  /**
   * Checks that the model can be asked.
   *
   * @param model that will be asked
   * @throws org.regularizedvi.input.InputException when it cannot
   */
  public void require(RegularizedModel model) {}

  /**
   * Asks about cells.
   *
   * @param model that is asked
   * @param cells the cells
   * @param beside a file in a folder of temporary files, which need not exist
   * @return a value of each cell, to be closed
   */
  public abstract Answer answer(RegularizedModel model, CellSource cells, Path beside);
}
