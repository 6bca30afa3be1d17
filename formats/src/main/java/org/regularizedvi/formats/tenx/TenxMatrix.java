package org.regularizedvi.formats.tenx;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.RowBlocks;

/** Gives the counts of cells x features of one input, with the features of every type. */
interface TenxMatrix extends AutoCloseable {
  /** Names the matrix and its file for messages. */
  String where();

  /**
   * Opens the counts to be read once, from the first cell to the last.
   *
   * @param temporary the folder of a temporary file for entries in no order that take much memory;
   *     empty where the counts are wanted in memory
   * @throws org.regularizedvi.input.InputException when the matrix is damaged
   */
  RowBlocks blocks(CountCheck check, Optional<Path> temporary);

  /**
   * Reads counts into memory.
   *
   * @param checks makes a check that has seen nothing, for each time that reading begins
   * @param chosen takes from all counts those that are wanted
   * @throws org.regularizedvi.input.InputException when the matrix is damaged, a value is no count,
   *     or the heap cannot hold so many
   */
  default CountsInMemory inMemory(Supplier<CountCheck> checks, UnaryOperator<RowBlocks> chosen) {
    CountCheck check = checks.get();
    return CountsInMemory.read(chosen.apply(blocks(check, Optional.empty())), check, where());
  }

  @Override
  void close();
}
