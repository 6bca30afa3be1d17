package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.EncoderHeadStart;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.layer.Linear;
import org.regularizedvi.cpu.layer.OneHotColumns;
import org.regularizedvi.cpu.layer.Stack;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.EncoderCounts;
import org.regularizedvi.cpu.split.SharedSum;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Encodes cells of one or several modalities by layers and two linear heads on the last of them, h:
 *
 * <pre>
 *   q = Normal(m, v)      m = h M' + b_m      v = exp(a) + 1e-4, or softplus(a) + 1e-4      a = h V' + b_v
 *   dv / da = v - 1e-4, or 1 - exp(-(v - 1e-4))
 * </pre>
 */
public final class Encoder {
  private static final float LEAST_VARIANCE = (float) EncoderHeadStart.LEAST_VARIANCE;

  private final EncoderShape shape;
  private final FirstLayer first;
  private final Stack stack;
  private final Linear meanHead;
  private final Linear varianceHead;
  private final Gaussian posterior;

  /** Takes the gradient by the variance head's result. */
  private Matrix exponentGradient;

  /**
   * Makes an encoder over stored parameters.
   *
   * @param shape what it sees and gives
   * @param parameters of the model
   * @param gradients of those parameters that move; none outside training
   * @param arena owns its memory
   * @param products multiplies
   * @param split which genes are whose
   */
  public Encoder(
      EncoderShape shape,
      Parameters parameters,
      Gradients gradients,
      Arena arena,
      Products products,
      Split split) {
    this.shape = shape;
    this.posterior = new Gaussian(shape.outputs(), gradients.any());
    this.first = new FirstLayer(shape, parameters, gradients, arena, products, split);
    this.stack =
        new Stack(
            parameters,
            shape.stack(),
            shape.layers(),
            Optional.of(Draw.of(shape.dropout(), shape.index())),
            gradients,
            products);
    this.meanHead = Linear.of(parameters, shape.prefix() + ".mean_encoder", gradients, products);
    this.varianceHead = Linear.of(parameters, shape.prefix() + ".var_encoder", gradients, products);
  }

  /** {@return what it sees and gives} */
  public EncoderShape shape() {
    return shape;
  }

  /** {@return its first linear map} */
  public FirstLayer first() {
    return first;
  }

  /** {@return the distributions that it gave last, with room for their gradients} */
  public Gaussian posterior() {
    return posterior;
  }

  /** {@return the gradient by the first linear map, as {@link #backward} leaves it: N x H} */
  public Matrix firstGradient() {
    return stack.firstGradient();
  }

  /**
   * Makes room for a minibatch.
   *
   * @param arena owns the memory
   * @param rows number of cells
   */
  public void reserve(Arena arena, int rows) {
    first.reserve(arena, rows);
    stack.reserve(arena, rows);
    posterior.reserve(arena, rows);
    exponentGradient = Matrix.in(arena, posterior.varianceGradient().rows(), shape.outputs());
  }

  /**
   * Takes what it sees of a minibatch besides counts.
   *
   * @param covariates of the minibatch
   * @param training the step's noise, in training alone
   */
  public void put(Covariates covariates, Optional<Noise> training) {
    first.put(covariates, training);
    OneHotColumns oneHot = new OneHotColumns(shape.oneHotKeys());
    stack.putOneHot(oneHot, covariates.codes(Purpose.ENCODER), covariates.size());
  }

  /**
   * Sums up what the counts of some cells give some units of the first linear map; of several
   * workers, what this one's counts give.
   *
   * @param counts as this encoder sees them, by modality that it sees
   * @param panel place of the units' panel
   * @param from the first row
   * @param to the row after the last
   * @param rooms for the sums
   */
  void sum(List<EncoderCounts> counts, int panel, int from, int to, SumRooms rooms) {
    first.sums().add(counts, new RunSums.Piece(panel, from, to), rooms, stack.first());
  }

  /** {@return the sum of what several workers' counts give the first linear map} */
  SharedSum shared() {
    return first.sums().shared(stack.first());
  }

  /**
   * Computes the distributions of some cells, whose counts have been summed.
   *
   * @param from the first row
   * @param to the row after the last
   * @param training the step's noise, in training alone
   */
  public void forward(int from, int to, Optional<Noise> training) {
    first.addTails(from, to, stack.first());
    stack.forward(from, to, training);
    Matrix hNH = stack.output().rows(from, to);
    meanHead.forward(hNH, posterior.mean().rows(from, to));
    Matrix vNK = posterior.variance().rows(from, to);
    varianceHead.forward(hNH, vNK);
    float[] row = new float[shape.outputs()];
    for (int n = 0; n < vNK.rows(); n++) {
      long at = (long) n * vNK.stride();
      if (shape.softplusVariance()) {
        VectorFunctions.softplus(vNK.memory(), at, vNK.memory(), at, row.length);
      } else {
        VectorFunctions.exp(vNK.memory(), at, 0, vNK.memory(), at, row.length);
      }
      vNK.copyRow(n, row);
      for (int k = 0; k < shape.outputs(); k++) {
        row[k] += LEAST_VARIANCE;
      }
      vNK.setRow(n, row);
    }
  }

  /**
   * Takes the gradients by the distributions of some cells back to the first linear map.
   *
   * @param from the first row
   * @param to the row after the last
   * @param noise of the step
   */
  public void backward(int from, int to, Noise noise) {
    float[] v = new float[shape.outputs()];
    float[] d = new float[shape.outputs()];
    for (int n = from; n < to; n++) {
      posterior.variance().copyRow(n, v);
      posterior.varianceGradient().copyRow(n, d);
      for (int k = 0; k < d.length; k++) {
        float exponential = v[k] - LEAST_VARIANCE;
        d[k] *= shape.softplusVariance() ? (float) -Math.expm1(-exponential) : exponential;
      }
      exponentGradient.setRow(n, d);
    }
    Matrix dNH = stack.outputGradient().rows(from, to);
    meanHead.backward(posterior.meanGradient().rows(from, to), 0, dNH);
    varianceHead.backward(exponentGradient.rows(from, to), 1, dNH);
    stack.backward(from, to, Optional.of(noise));
  }

  /**
   * {@return the tasks that compute the gradients of all weights but the wide one, when {@link
   * #backward} has seen all rows}
   *
   * @param rows gives the number of cells of the minibatch
   */
  public List<Runnable> parameterTasks(IntSupplier rows) {
    List<Runnable> tasks = new ArrayList<>();
    tasks.add(() -> first.differentiateSmall(stack.firstGradient().rows(0, rows.getAsInt())));
    tasks.addAll(stack.parameterTasks(rows));
    tasks.addAll(
        meanHead.parameterTasks(
            () -> stack.output().rows(0, rows.getAsInt()),
            () -> posterior.meanGradient().rows(0, rows.getAsInt())));
    tasks.addAll(
        varianceHead.parameterTasks(
            () -> stack.output().rows(0, rows.getAsInt()),
            () -> exponentGradient.rows(0, rows.getAsInt())));
    return tasks;
  }
}
