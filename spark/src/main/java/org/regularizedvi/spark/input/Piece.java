package org.regularizedvi.spark.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says which cells of files one task asks about. Pieces begin at whole windows, so that the same
 * cells are computed together whatever the number of pieces, and on one machine.
 *
 * @param first the place of the first cell in the data set
 * @param rows where its cells stand in the files, ascending
 */
public record Piece(int first, int[] rows) implements Serializable {
  /**
   * {@return the pieces of a data set}
   *
   * @param rows where its cells stand in the files, ascending
   * @param wanted the number of pieces that would serve best
   */
  public static List<Piece> of(int[] rows, int wanted) {
    int windows = Math.ceilDiv(rows.length, Windows.CELLS);
    int each = Math.ceilDiv(windows, Math.max(1, Math.min(wanted, windows))) * Windows.CELLS;
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < rows.length; from += each) {
      int to = (int) Math.min(rows.length, (long) from + each);
      pieces.add(new Piece(from, Arrays.copyOfRange(rows, from, to)));
    }
    return pieces;
  }
}
