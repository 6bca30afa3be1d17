package org.regularizedvi.cpu.answer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.kernel.special.VectorFunctions;

/** Keeps the last hidden layer of draws, of which each call takes the logits that it needs. */
final class HiddenDraws implements DecodedDraws {
  private static final int DRAWS_AT_ONCE = 128;

  private final DecoderNetwork decoder;
  private final Arena arena = Arena.ofShared();
  private final HiddenLayers hidden;

  /** What softmax subtracts from a draw's logits; not used by softplus. */
  private final float[] largestN;

  /** What softmax multiplies the exponentials by; not used by softplus. */
  private final float[] factorN;

  HiddenDraws(DecoderNetwork decoder, int number) {
    this.decoder = decoder;
    this.hidden =
        new HiddenLayers(
            Matrix.in(arena, number, decoder.spec().decoder().hidden()),
            decoder.sizes().map(map -> Matrix.in(arena, number, map.weightGH().columns())));
    this.largestN = new float[number];
    this.factorN = new float[number];
  }

  @Override
  public int drawsAtOnce() {
    return DRAWS_AT_ONCE;
  }

  @Override
  public void decode(int first, FloatMatrix zNK, Covariates covariates) {
    try (Arena own = Arena.ofConfined()) {
      HiddenLayers drawn = decoder.hidden(own, zNK, covariates);
      put(drawn.ownNH(), hidden.ownNH(), first);
      drawn.sizesNH().ifPresent(rows -> put(rows, hidden.sizesNH().orElseThrow(), first));
      new FeatureTiles(own, decoder, drawn)
          .softmaxSums()
          .ifPresent(
              sums -> {
                for (int n = 0; n < zNK.rows(); n++) {
                  largestN[first + n] = sums.largest(n);
                  factorN[first + n] = sums.factor(n);
                }
              });
    }
  }

  /** Copies rows to their place among all. */
  private static void put(Matrix rows, Matrix all, int first) {
    float[] row = new float[rows.columns()];
    for (int n = 0; n < rows.rows(); n++) {
      rows.copyRow(n, row);
      all.setRow(first + n, row);
    }
  }

  @Override
  public float[] scale(int from, int to) {
    float[] values = positive(decoder.scale(), hidden.ownNH(), from, to, decoder.softmax());
    decoder
        .sizes()
        .ifPresent(
            map -> {
              float[] sizes = positive(map, hidden.sizesNH().orElseThrow(), from, to, false);
              float intercept = (float) new BurstSize(decoder.spec()).intercept();
              for (int i = 0; i < values.length; i++) {
                values[i] *= sizes[i] + intercept;
              }
            });
    return values;
  }

  /** {@return softplus or softmax of the logits of some features, each for all draws} */
  private float[] positive(
      DecoderNetwork.FeatureMap map, Matrix hiddenNH, int from, int to, boolean softmax) {
    int draws = hiddenNH.rows();
    float[] values = new float[Math.multiplyExact(to - from, draws)];
    MemorySegment result = MemorySegment.ofArray(values);
    try (Arena own = Arena.ofConfined()) {
      Matrix logitsTN = Matrix.in(own, to - from, draws);
      float[] row = new float[draws];
      for (int t = 0; t < to - from; t++) {
        Arrays.fill(row, map.biasG().getAtIndex(JAVA_FLOAT, from + t));
        logitsTN.setRow(t, row);
      }
      decoder.products().timesTransposed(map.weightGH().rows(from, to), hiddenNH, 1, logitsTN);
      for (int t = 0; t < to - from; t++) {
        long logits = (long) t * logitsTN.stride();
        if (softmax) {
          logitsTN.copyRow(t, values, t * draws);
          softmax(values, t * draws);
        } else {
          VectorFunctions.softplus(logitsTN.memory(), logits, result, t * draws, draws);
        }
      }
    }
    return values;
  }

  private void softmax(float[] values, int at) {
    for (int n = 0; n < largestN.length; n++) {
      values[at + n] -= largestN[n];
    }
    MemorySegment memory = MemorySegment.ofArray(values);
    VectorFunctions.exp(memory, at, 0, memory, at, largestN.length);
    for (int n = 0; n < factorN.length; n++) {
      values[at + n] *= factorN[n];
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
