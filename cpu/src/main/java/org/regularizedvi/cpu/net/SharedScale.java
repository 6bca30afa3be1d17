package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.term.LatentRelevanceTerm;
import org.regularizedvi.cpu.work.RowRange;

/** Multiplies a part of z by one scale per dimension, which all cells share. */
final class SharedScale implements LatentScale {
  private final LatentRelevanceTerm term;
  private final boolean trained;
  private LatentRelevanceTerm.Scales scales;

  /** What was multiplied, then, going back, the gradient by each cell's scales. */
  private Matrix unscaledNK;

  /**
   * Makes scales with room for no cells.
   *
   * @param term their parameters
   * @param trained whether there are gradients
   */
  SharedScale(LatentRelevanceTerm term, boolean trained) {
    this.term = term;
    this.trained = trained;
    this.scales = term.median();
    reserve(Arena.global(), 0);
  }

  @Override
  public Optional<Encoder> encoder() {
    return Optional.empty();
  }

  @Override
  public void reserve(Arena arena, int rows) {
    unscaledNK = Matrix.in(arena, trained ? rows : 0, term.dimensions());
  }

  @Override
  public void begin(Optional<Noise> draws) {
    scales = draws.map(term::draw).orElseGet(term::median);
  }

  /** Does nothing: no cell has scales of its own. */
  @Override
  public void encode(RowRange rows, Optional<Noise> training) {}

  @Override
  public void multiply(RowRange rows, Noise noise, Matrix partNK) {
    float[] part = new float[term.dimensions()];
    for (int n = rows.from(); n < rows.to(); n++) {
      partNK.copyRow(n, part);
      if (trained) {
        unscaledNK.setRow(n, part);
      }
      for (int k = 0; k < part.length; k++) {
        part[k] *= scales.alphaK()[k];
      }
      partNK.setRow(n, part);
    }
  }

  /** Does nothing: the divergence of shared scales is a term of the data set. */
  @Override
  public void divergence(RowRange rows, boolean[] present, CellValues values) {}

  @Override
  public Optional<Matrix> drawnNK() {
    return Optional.empty();
  }

  @Override
  public float[] medianK(int n) {
    return scales.alphaK().clone();
  }

  @Override
  public void backward(
      RowRange rows, boolean[] present, double klWeight, Noise noise, Matrix gradientNK) {
    float[] part = new float[term.dimensions()];
    float[] d = new float[term.dimensions()];
    for (int n = rows.from(); n < rows.to(); n++) {
      unscaledNK.copyRow(n, part);
      gradientNK.copyRow(n, d);
      for (int k = 0; k < part.length; k++) {
        part[k] *= d[k];
        d[k] *= scales.alphaK()[k];
      }
      unscaledNK.setRow(n, part);
      gradientNK.setRow(n, d);
    }
  }

  @Override
  public List<Runnable> parameterTasks(IntSupplier rows, Gradients gradients) {
    return List.of(
        () -> {
          double[] byScale = new double[term.dimensions()];
          for (int n = 0; n < rows.getAsInt(); n++) {
            for (int k = 0; k < byScale.length; k++) {
              byScale[k] += unscaledNK.get(n, k);
            }
          }
          term.differentiateScales(byScale, scales, gradients);
        });
  }
}
