package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.term.LatentShrinkageTerm;
import org.regularizedvi.cpu.work.RowRange;

/** Multiplies a part of z by scales of each cell's own, which an encoder gives. */
final class CellScale implements LatentScale {
  private final LatentShrinkage own;
  private final LatentShrinkageTerm term;
  private final Encoder encoder;
  private Matrix logNK;
  private Matrix drawnNK;

  /** What was multiplied, then, going back, the gradient by the logarithms of the scales. */
  private Matrix unscaledNK;

  /**
   * Makes scales with room for no cells.
   *
   * @param own their prior
   * @param encoder gives the distributions of their logarithms
   */
  CellScale(LatentShrinkage own, Encoder encoder) {
    this.own = own;
    this.term = new LatentShrinkageTerm(own);
    this.encoder = encoder;
    makeRoom(Arena.global(), 0);
  }

  @Override
  public Optional<Encoder> encoder() {
    return Optional.of(encoder);
  }

  @Override
  public void reserve(Arena arena, int rows) {
    encoder.reserve(arena, rows);
    makeRoom(arena, rows);
  }

  private void makeRoom(Arena arena, int rows) {
    int dimensions = encoder.shape().outputs();
    logNK = Matrix.in(arena, rows, dimensions);
    drawnNK = Matrix.in(arena, rows, dimensions);
    unscaledNK = Matrix.in(arena, rows, dimensions);
  }

  /** Does nothing: every cell has scales of its own. */
  @Override
  public void begin(Optional<Noise> draws) {}

  @Override
  public void encode(RowRange rows, Optional<Noise> training) {
    encoder.forward(rows.from(), rows.to(), training);
  }

  @Override
  public void multiply(RowRange rows, Noise noise, Matrix partNK) {
    Draw draw = Draw.of(Draw.Kind.HORSESHOE, own.spec().index());
    encoder.posterior().draw(noise, draw, rows.from(), rows.to(), logNK);
    float[] part = new float[partNK.columns()];
    float[] scale = new float[partNK.columns()];
    for (int n = rows.from(); n < rows.to(); n++) {
      logNK.copyRow(n, scale);
      partNK.copyRow(n, part);
      unscaledNK.setRow(n, part);
      for (int k = 0; k < part.length; k++) {
        scale[k] = (float) Math.exp(scale[k]);
        part[k] *= scale[k];
      }
      drawnNK.setRow(n, scale);
      partNK.setRow(n, part);
    }
  }

  @Override
  public void divergence(RowRange rows, boolean[] present, CellValues values) {
    double[] natsN = values.of(CellTerm.HORSESHOE_KL);
    term.addUp(encoder.posterior(), logNK, present, rows.from(), rows.to(), natsN);
  }

  @Override
  public Optional<Matrix> drawnNK() {
    return Optional.of(drawnNK);
  }

  @Override
  public float[] medianK(int n) {
    float[] median = new float[encoder.shape().outputs()];
    encoder.posterior().mean().copyRow(n, median);
    for (int k = 0; k < median.length; k++) {
      median[k] = (float) Math.exp(median[k]);
    }
    return median;
  }

  @Override
  public void backward(
      RowRange rows, boolean[] present, double klWeight, Noise noise, Matrix gradientNK) {
    int from = rows.from();
    int to = rows.to();
    float[] part = new float[gradientNK.columns()];
    float[] scale = new float[gradientNK.columns()];
    float[] d = new float[gradientNK.columns()];
    for (int n = from; n < to; n++) {
      unscaledNK.copyRow(n, part);
      drawnNK.copyRow(n, scale);
      gradientNK.copyRow(n, d);
      for (int k = 0; k < part.length; k++) {
        d[k] *= scale[k];
        part[k] *= d[k];
      }
      unscaledNK.setRow(n, part);
      gradientNK.setRow(n, d);
    }
    Gaussian q = encoder.posterior();
    term.differentiateDraws(logNK, present, klWeight, from, to, unscaledNK);
    q.differentiate(unscaledNK, from, to);
    term.differentiate(q, logNK, present, klWeight, from, to);
    encoder.backward(from, to, noise);
  }

  @Override
  public List<Runnable> parameterTasks(IntSupplier rows, Gradients gradients) {
    return encoder.parameterTasks(rows);
  }
}
