package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.cpu.layer.Linear;
import org.regularizedvi.cpu.layer.OneHotColumns;
import org.regularizedvi.cpu.layer.Stack;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes the hidden layers of a modality's decoder, or of its burst size decoder, which see z,
 * behind it continuous covariates, and the one-hot columns; the head goes on from the last of them.
 */
public final class DecoderLayers {
  private final ModalitySpec spec;
  private final NetShape shape;
  private final OneHotColumns oneHot;
  private final Linear first;
  private final Stack stack;
  private Matrix inputNI;

  /**
   * Makes the layers of a modality's decoder over stored parameters.
   *
   * @param spec the modality
   * @param parameters of the model
   * @param gradients of those parameters that move; none outside training
   * @param products multiplies
   */
  public DecoderLayers(
      ModalitySpec spec, Parameters parameters, Gradients gradients, Products products) {
    this(spec, new Decoder(spec).layers(), spec.decoder(), parameters, gradients, products);
  }

  /**
   * {@return the layers of a modality's burst size decoder over stored parameters; empty where it
   * has none}
   *
   * @param spec the modality
   * @param parameters of the model
   * @param gradients of those parameters that move; none outside training
   * @param products multiplies
   */
  public static Optional<DecoderLayers> ofSizes(
      ModalitySpec spec, Parameters parameters, Gradients gradients, Products products) {
    return BurstSize.of(spec)
        .map(
            term ->
                new DecoderLayers(
                    spec, term.layers(), spec.burstSizeDecoder(), parameters, gradients, products));
  }

  private DecoderLayers(
      ModalitySpec spec,
      String prefix,
      NetShape shape,
      Parameters parameters,
      Gradients gradients,
      Products products) {
    this.spec = spec;
    this.shape = shape;
    this.oneHot = new OneHotColumns(spec.decoderKeys());
    this.first = Linear.of(parameters, StoredNames.linear(prefix, 0, shape), gradients, products);
    this.stack = new Stack(parameters, prefix, shape, Optional.empty(), gradients, products);
  }

  /**
   * Makes room for a minibatch.
   *
   * @param arena owns the memory
   * @param rows number of cells
   */
  public void reserve(Arena arena, int rows) {
    inputNI = Matrix.in(arena, rows, shape.fanIn(0));
    stack.reserve(arena, rows);
  }

  /**
   * Takes what they see of a minibatch besides z.
   *
   * @param covariates of the minibatch
   */
  public void put(Covariates covariates) {
    for (int c = 0; c < covariates.continuous().length; c++) {
      for (int n = 0; n < covariates.size(); n++) {
        inputNI.set(n, spec.jointLatent() + c, covariates.continuous()[c][n]);
      }
    }
    int[][] codes = covariates.codes(Purpose.NN_CONDITIONING);
    if (spec.generative().useBatchInDecoder()) {
      codes = joined(covariates.codes(Purpose.BATCH), codes);
    }
    oneHot.put(codes, covariates.size(), inputNI.columns(shape.inputs(), shape.oneHot()));
    stack.putOneHot(oneHot, codes, covariates.size());
  }

  private static int[][] joined(int[][] first, int[][] second) {
    int[][] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** {@return where z is to be left: N x K} */
  public Matrix zNK() {
    return inputNI.columns(0, spec.jointLatent());
  }

  /** {@return the last hidden layer: N x H} */
  public Matrix hiddenNH() {
    return stack.output();
  }

  /** {@return where the gradient by the last hidden layer is to be left: N x H} */
  public Matrix hiddenGradientNH() {
    return stack.outputGradient();
  }

  /**
   * Computes the last hidden layer of some cells.
   *
   * @param from the first row
   * @param to the row after the last
   * @param training the step's noise, in training alone
   */
  public void forward(int from, int to, Optional<Noise> training) {
    first.forward(inputNI.rows(from, to), stack.first().rows(from, to));
    stack.forward(from, to, training);
  }

  /**
   * Computes the derivatives of the last hidden layer of a cell by z, outside training, when {@link
   * #forward} has seen it: all of them go forward through the layers.
   *
   * @param n the cell
   * @param identityKK ones on the diagonal, zeros elsewhere
   * @param oneKH room for the derivatives, K x H
   * @param otherKH as much room
   * @return the derivatives, K x H, in one of the two
   */
  public Matrix derivatives(int n, Matrix identityKK, Matrix oneKH, Matrix otherKH) {
    first.carry(identityKK, oneKH);
    return stack.carry(n, oneKH, otherKH);
  }

  /**
   * Takes the gradient by the last hidden layer of some cells back to z.
   *
   * @param from the first row
   * @param to the row after the last
   * @param keep 0 to overwrite the gradient by z, 1 to add to it
   * @param zGradientNK takes it
   */
  public void backward(int from, int to, float keep, Matrix zGradientNK) {
    stack.backward(from, to, Optional.empty());
    Matrix dNH = stack.firstGradient().rows(from, to);
    first.backward(dNH, keep, zGradientNK.rows(from, to));
  }

  /**
   * {@return the tasks that compute the gradients of the weights, when {@link #backward} has seen
   * all rows}
   *
   * @param rows gives the number of cells of the minibatch
   */
  public List<Runnable> parameterTasks(IntSupplier rows) {
    List<Runnable> tasks = new ArrayList<>();
    tasks.addAll(
        first.parameterTasks(
            () -> inputNI.rows(0, rows.getAsInt()),
            () -> stack.firstGradient().rows(0, rows.getAsInt())));
    tasks.addAll(stack.parameterTasks(rows));
    return tasks;
  }
}
