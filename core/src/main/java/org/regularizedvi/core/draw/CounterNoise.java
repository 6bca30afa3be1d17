package org.regularizedvi.core.draw;

import java.util.Arrays;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Noise as a function of seed, step, purpose, cell and column: the same at any thread count, in any
 * minibatch, after any resume.
 *
 * @param step training step; evaluation uses steps of its own, see {@link #EVALUATION}
 * @param cells each row's cell in the data set
 */
public record CounterNoise(CounterRandom random, long step, int[] cells) implements Noise {
  /** The step whose draws evaluation uses; no training run gets there. */
  public static final long EVALUATION = 0xffffffffL;

  @Override
  public void normals(Draw draw, int row, float[] out) {
    random.normals(draw.purpose(), draw.step(step), cells[row], 0, out, 0, out.length);
  }

  @Override
  public void sharedNormals(Draw draw, float[] out) {
    random.normals(draw.purpose(), draw.step(step), 0, 0, out, 0, out.length);
  }

  @Override
  public void uniforms(Draw draw, int row, float[] out) {
    random.uniforms(draw.purpose(), draw.step(step), cells[row], 0, out, 0, out.length);
  }

  /** Keyed by an entry's rank in its row, which takes a tenth of the draws that columns would. */
  @Override
  public void entryUniforms(Draw draw, int row, int[] columns, int from, int count, float[] out) {
    random.uniforms(draw.purpose(), draw.step(step), cells[row], 0, out, 0, count);
  }

  @Override
  public Noise rows(int from, int to) {
    return new CounterNoise(random, step, Arrays.copyOfRange(cells, from, to));
  }

  @Override
  public boolean drawsDispersionPrior() {
    return false;
  }
}
