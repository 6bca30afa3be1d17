package org.regularizedvi.cpu.answer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.kernel.special.VectorFunctions;

/** Keeps the last hidden layer of draws, of which each call takes the logits that it needs. */
final class HiddenDraws implements DecodedDraws {
  private static final int DRAWS_AT_ONCE = 128;

  private final DecoderNetwork decoder;
  private final Arena arena = Arena.ofShared();
  private final Matrix hiddenNH;

  /** What softmax subtracts from a draw's logits; not used by softplus. */
  private final float[] largestN;

  /** What softmax multiplies the exponentials by; not used by softplus. */
  private final float[] factorN;

  HiddenDraws(DecoderNetwork decoder, int number) {
    this.decoder = decoder;
    this.hiddenNH = Matrix.in(arena, number, decoder.spec().decoder().hidden());
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
      Matrix hidden = decoder.layers(own, zNK, covariates).hiddenNH();
      float[] row = new float[hidden.columns()];
      for (int n = 0; n < hidden.rows(); n++) {
        hidden.copyRow(n, row);
        hiddenNH.setRow(first + n, row);
      }
      new FeatureTiles(own, decoder, hidden)
          .softmaxSums()
          .ifPresent(
              sums -> {
                for (int n = 0; n < hidden.rows(); n++) {
                  largestN[first + n] = sums.largest(n);
                  factorN[first + n] = sums.factor(n);
                }
              });
    }
  }

  @Override
  public float[] scale(int from, int to) {
    int draws = hiddenNH.rows();
    float[] values = new float[Math.multiplyExact(to - from, draws)];
    MemorySegment result = MemorySegment.ofArray(values);
    try (Arena own = Arena.ofConfined()) {
      Matrix logitsTN = Matrix.in(own, to - from, draws);
      float[] row = new float[draws];
      for (int t = 0; t < to - from; t++) {
        Arrays.fill(row, decoder.scaleBias().getAtIndex(JAVA_FLOAT, from + t));
        logitsTN.setRow(t, row);
      }
      decoder
          .products()
          .timesTransposed(decoder.scaleWeight().rows(from, to), hiddenNH, 1, logitsTN);
      for (int t = 0; t < to - from; t++) {
        long logits = (long) t * logitsTN.stride();
        if (decoder.softmax()) {
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
