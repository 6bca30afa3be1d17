package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.term.BackgroundTotals;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.ExpectedTotals;

/**
 * Holds what a modality's decoder made of the cells of a pass, whose memory is the pass's.
 *
 * @param decoder of the modality
 * @param minibatch the cells
 * @param hidden the decoders' last hidden layers
 * @param libraryN natural logarithm of the library size
 * @param table present where the modality has a background
 */
record DecodedRows(
    DecoderNetwork decoder,
    Minibatch minibatch,
    HiddenLayers hidden,
    float[] libraryN,
    Optional<BackgroundTotals> table)
    implements DecodedCells {

  /** {@return the same of a modality with the table that it needs} */
  static DecodedRows of(
      DecoderNetwork decoder, Minibatch minibatch, HiddenLayers hidden, float[] libraryN) {
    boolean background = decoder.spec().generative().useAdditiveBackground();
    Optional<BackgroundTotals> table =
        background ? Optional.of(TotalsTable.of(decoder)) : Optional.empty();
    return new DecodedRows(decoder, minibatch, hidden, libraryN, table);
  }

  @Override
  public double[] reconstructionG(int from, int to) {
    int modality = decoder.spec().index();
    boolean[] present = minibatch.present(modality);
    SparseRows counts = minibatch.counts().get(modality).slice(from, to);
    int[] next = Arrays.copyOf(counts.indptr(), to - from); // columns ascend, as tiles do
    double[] sums = new double[decoder.spec().features()];
    expected(
        from,
        to,
        (n, first, muT, thetaT) -> {
          if (!present[from + n]) {
            return;
          }
          int end = Math.min(sums.length, first + FeatureTiles.SIZE);
          for (int g = first; g < end; g++) {
            sums[g] -= GammaPoisson.ofZero(muT[g - first], thetaT[g - first]);
          }
          int at = next[n];
          for (; at < counts.indptr()[n + 1] && counts.indices()[at] < end; at++) {
            int g = counts.indices()[at];
            float x = counts.values()[at];
            sums[g] -= GammaPoisson.beyondZero(x, muT[g - first], thetaT[g - first]);
          }
          next[n] = at;
        });
    return sums;
  }

  private void expected(int from, int to, ExpectedCounts.Row visitor) {
    float[] ofRows = Arrays.copyOfRange(libraryN, from, to);
    new ExpectedCounts(decoder, hidden.rows(from, to), ofRows, covariates(from, to))
        .rows(FeatureTiles.all(decoder), visitor);
  }

  /**
   * {@return mu of all rows: cells x features}
   *
   * @param workers take some rows each
   */
  FloatMatrix rates(Workers workers) {
    int features = decoder.spec().features();
    int rows = minibatch.size();
    float[] values = new float[Math.multiplyExact(rows, features)];
    workers.run(
        Math.ceilDiv(rows, BlockDecoder.CELLS_AT_ONCE),
        (_, task) -> {
          int from = task * BlockDecoder.CELLS_AT_ONCE;
          int to = Math.min(rows, from + BlockDecoder.CELLS_AT_ONCE);
          expected(
              from,
              to,
              (n, first, muT, _) -> {
                int count = Math.min(FeatureTiles.SIZE, features - first);
                System.arraycopy(muT, 0, values, (from + n) * features + first, count);
              });
        });
    return new FloatMatrix(rows, features, values);
  }

  @Override
  public ExpectedTotals totals(int from, int to) {
    Covariates covariates = covariates(from, to);
    FeatureTerms terms = new FeatureTerms(decoder.spec(), decoder.parameters(), covariates);
    float[][] yDT = terms.room();
    float[] exposureN = exposure(from, to);
    float[] rhoT = new float[FeatureTiles.SIZE];
    double[] sums = new double[to - from];
    int[] places = FeatureTiles.all(decoder);
    try (Arena arena = Arena.ofConfined()) {
      new FeatureTiles(arena, decoder, hidden.rows(from, to))
          .rho(
              places,
              (first, rhoNT, _) -> {
                terms.scaling(places, first, rhoNT.columns(), yDT);
                for (int n = 0; n < rhoNT.rows(); n++) {
                  float[] y = yDT[terms.group(n)];
                  rhoNT.copyRow(n, rhoT);
                  for (int t = 0; t < rhoNT.columns(); t++) {
                    sums[n] += rhoT[t] * y[t];
                  }
                }
              });
    }
    float[] nativeN = new float[sums.length];
    for (int n = 0; n < sums.length; n++) {
      nativeN[n] = (float) (exposureN[n] * sums[n]);
    }
    return new ExpectedTotals(nativeN, table.orElseThrow().background(exposureN, covariates));
  }

  private float[] exposure(int from, int to) {
    return decoder.exposure(Arrays.copyOfRange(libraryN, from, to));
  }

  private Covariates covariates(int from, int to) {
    return minibatch.covariates().gather(IntStream.range(from, to).toArray());
  }
}
