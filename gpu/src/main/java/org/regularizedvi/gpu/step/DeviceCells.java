package org.regularizedvi.gpu.step;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.term.BackgroundTotals;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.ExpectedTotals;

/**
 * What a decoder on a card made of the cells of a pass: totals of all of them. Features one by one
 * are asked of another engine.
 *
 * @param nativeN what is expected of each cell without the background
 * @param exposureN what expression is multiplied by to give counts
 * @param background present where the modality has one
 * @param covariates of the cells
 * @param others made by another engine, when it is needed
 */
record DeviceCells(
    float[] nativeN,
    float[] exposureN,
    Optional<BackgroundTotals> background,
    Covariates covariates,
    Supplier<DecodedCells> others)
    implements DecodedCells {
  @Override
  public double[] reconstructionG(int from, int to) {
    return others.get().reconstructionG(from, to);
  }

  @Override
  public ExpectedTotals totals(int from, int to) {
    return new ExpectedTotals(
        Arrays.copyOfRange(nativeN, from, to),
        background
            .orElseThrow()
            .background(
                Arrays.copyOfRange(exposureN, from, to),
                covariates.gather(IntStream.range(from, to).toArray())));
  }
}
