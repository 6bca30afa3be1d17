package org.regularizedvi.core.draw;

import java.util.Arrays;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Makes noise a function of seed, step, purpose, cell and column: it is the same with any number of
 * threads, in any minibatch, and after any resume.
 *
 * @param random the generator, which holds the seed
 * @param step the training step; evaluation uses a step of its own, {@link #EVALUATION}
 * @param cells the cell of each row of the minibatch, by its place in the data set
 */
public record CounterNoise(CounterRandom random, long step, int[] cells) implements Noise {
  /** The step whose draws evaluation uses; no training gets there. */
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

  /**
   * Keys a draw by the entry's rank in its row, which takes a tenth of the draws that columns
   * would.
   */
  @Override
  public void entryUniforms(
      Draw draw, int row, int[] columns, int first, int from, int count, float[] out) {
    random.uniforms(draw.purpose(), draw.step(step), cells[row], from - first, out, 0, count);
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
