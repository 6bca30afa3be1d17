package org.regularizedvi.spark.input;

import java.util.Iterator;
import org.regularizedvi.core.data.FileCells;

/** Gives the cells of a piece from the first to the last, some whole minibatches at a time. */
public interface Windows extends Iterator<Window>, AutoCloseable {
  /**
   * The minibatches that are asked about at once: what an engine prepares for a question is
   * prepared once for all of them.
   */
  int MINIBATCHES = 4;

  /** The cells of that many minibatches. */
  int CELLS = MINIBATCHES * FileCells.CHUNK;

  @Override
  void close();
}
