package org.regularizedvi.cpu.layer;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Maps rows linearly:
 *
 * <pre>
 *   y = x W' + b      dx = dy W      dW = dy' x      db = sum over rows of dy
 * </pre>
 *
 * @param weight W: outputs x inputs
 * @param bias b: one number per output
 * @param weightGradient takes dW, laid out as the weight; empty when the weight does not move
 * @param biasGradient takes db; empty when the bias does not move
 * @param products multiplies
 */
public record Linear(
    Matrix weight,
    MemorySegment bias,
    Optional<Matrix> weightGradient,
    Optional<MemorySegment> biasGradient,
    Products products) {
  /** Outputs whose weights one task differentiates. */
  private static final int OUTPUTS_AT_ONCE = 128;

  /**
   * {@return the map that is stored under a name}
   *
   * @param parameters of the model
   * @param name of the map, without {@code .weight} and {@code .bias}
   * @param gradients of those parameters that move
   * @param products multiplies
   */
  public static Linear of(
      Parameters parameters, String name, Gradients gradients, Products products) {
    String weight = name + ".weight";
    String bias = name + ".bias";
    long[] shape = parameters.spec(weight).shape();
    int outputs = Math.toIntExact(shape[0]);
    int inputs = Math.toIntExact(shape[1]);
    return new Linear(
        Matrix.over(parameters.memory(weight), outputs, inputs),
        parameters.memory(bias),
        gradients.find(weight).map(memory -> Matrix.over(memory, outputs, inputs)),
        gradients.find(bias),
        products);
  }

  /**
   * Computes y.
   *
   * @param xNI rows x inputs
   * @param yNO takes the result: rows x outputs
   */
  public void forward(Matrix xNI, Matrix yNO) {
    products.affine(xNI, weight, bias, yNO);
  }

  /**
   * Computes dx by the first inputs; others are no variables.
   *
   * @param dyNO rows x outputs
   * @param keep 0 to overwrite dx, 1 to add to it
   * @param dxNI takes the result: rows x inputs, of which it may have fewer than the weight
   */
  public void backward(Matrix dyNO, float keep, Matrix dxNI) {
    products.times(dyNO, weight.columns(0, dxNI.columns()), keep, dxNI);
  }

  /**
   * Turns derivatives of one row's first inputs into those of its y; of the others they are 0.
   *
   * @param dxKI derivatives x inputs, of which there may be fewer than the weight has
   * @param dyKO takes the result: derivatives x outputs
   */
  public void carry(Matrix dxKI, Matrix dyKO) {
    products.timesTransposed(dxKI, weight.columns(0, dxKI.columns()), 0, dyKO);
  }

  /**
   * {@return the tasks that compute dW and db between them, each over all rows for some of the
   * outputs}
   *
   * @param xNI gives the input of all rows
   * @param dyNO gives the gradient of all rows
   */
  public List<Runnable> parameterTasks(Supplier<Matrix> xNI, Supplier<Matrix> dyNO) {
    List<Runnable> tasks = new ArrayList<>();
    if (weightGradient.isEmpty() && biasGradient.isEmpty()) {
      return tasks;
    }
    for (int first = 0; first < weight.rows(); first += OUTPUTS_AT_ONCE) {
      int from = first;
      int count = Math.min(OUTPUTS_AT_ONCE, weight.rows() - first);
      tasks.add(() -> differentiate(xNI.get(), dyNO.get(), from, count));
    }
    return tasks;
  }

  private void differentiate(Matrix xNI, Matrix dyNO, int from, int count) {
    Matrix some = dyNO.columns(from, count);
    weightGradient.ifPresent(
        dW -> products.transposedTimes(some, xNI, 0, dW.rows(from, from + count)));
    biasGradient.ifPresent(
        db -> Bias.sum(some, db.asSlice((long) from * Float.BYTES, (long) count * Float.BYTES)));
  }
}
