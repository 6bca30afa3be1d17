package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * Encodes cells of one or several modalities: from their counts through layers to mean and variance
 * of a normal distribution.
 */
final class EncoderLayers {
  private final EncoderShape shape;
  private final FirstMap first;
  private final LayerStack stack;
  private final LinearMap meanHead;
  private final LinearMap varianceHead;
  private final NoiseSource noise;
  private Rows mean;
  private Rows head;
  private Rows variance;
  private Rows byMean;
  private Rows byHead;

  /**
   * Makes an encoder over stored parameters.
   *
   * @param shape what it sees and gives
   * @param draw what the draws of its distribution are for
   * @param first its first linear map
   * @param stores the model's small parameters, and who takes its draws
   */
  EncoderLayers(EncoderShape shape, Draw.Kind draw, FirstMap first, Stores stores) {
    this.shape = shape;
    this.first = first;
    this.stack =
        new LayerStack(
            stores,
            shape.stack(),
            shape.layers(),
            Optional.of(Draw.of(shape.dropout(), shape.index())));
    this.meanHead = LinearMap.of(stores.small(), shape.prefix() + ".mean_encoder", shape.outputs());
    this.varianceHead =
        LinearMap.of(stores.small(), shape.prefix() + ".var_encoder", shape.outputs());
    this.noise =
        stores
            .sources()
            .add(Draw.of(draw, shape.index()), NoiseSource.Form.NORMALS, shape.outputs());
  }

  /** {@return what it sees and gives} */
  EncoderShape shape() {
    return shape;
  }

  /**
   * Makes room for a minibatch.
   *
   * @param entries counts above 0 of each modality
   */
  void reserve(DeviceArena arena, int rows, List<Integer> entries) {
    first.reserve(arena, rows, entries);
    stack.reserve(arena, rows, shape.layers().hidden(), false, false);
    mean = Rows.of(arena, rows, shape.outputs());
    head = Rows.of(arena, rows, shape.outputs());
    variance = Rows.of(arena, rows, shape.outputs());
    byMean = Rows.of(arena, rows, shape.outputs());
    byHead = Rows.of(arena, rows, shape.outputs());
  }

  /** {@return numbers that the parts of its wide products take} */
  long partNumbers(int rows) {
    return first.partNumbers(rows);
  }

  /**
   * Sends what it sees of a minibatch besides counts.
   *
   * @param training the draws of a step; empty for a pass without dropout
   */
  void send(Minibatch minibatch, Optional<Noise> training) {
    first.send(minibatch, training);
    int[][] codes = minibatch.covariates().codes(Purpose.ENCODER);
    stack.put(new OneHot(shape.oneHotKeys()), codes, minibatch.size());
  }

  /** {@return the distributions of the first cells, as the last launches found them} */
  Posterior posterior(int rows) {
    return new Posterior(numbers(mean, rows), numbers(variance, rows));
  }

  private FloatMatrix numbers(Rows all, int rows) {
    return new FloatMatrix(rows, shape.outputs(), all.memory().floats(rows * shape.outputs()));
  }

  /** {@return the distribution as kernels take it} */
  Struct posterior(Frame frame) {
    return frame
        .launches()
        .struct(
            mean.memory(),
            head.memory(),
            variance.memory(),
            byMean.memory(),
            byHead.memory(),
            frame.rows(),
            shape.outputs(),
            shape.softplusVariance() ? 1 : 0,
            noise.struct(frame));
  }

  /**
   * Adds the launches from the counts to the mean and the variance head's result.
   *
   * @param counts of each modality
   * @param room for parts of sums
   */
  void forward(Frame frame, List<CountRows> counts, DeviceMemory room) {
    first.forward(frame, counts, room, stack.first());
    stack.forward(frame);
    meanHead.forward(frame, stack.output(), mean, false);
    varianceHead.forward(frame, stack.output(), head, false);
  }

  /** Adds the launches that take the gradients by mean and variance head back, and Adam's. */
  void backward(Frame frame) {
    meanHead.differentiate(frame, byMean, stack.output());
    varianceHead.differentiate(frame, byHead, stack.output());
    int hidden = shape.layers().hidden();
    meanHead.backward(frame, byMean, stack.outputGradient(), hidden, false);
    varianceHead.backward(frame, byHead, stack.outputGradient(), hidden, true);
    stack.backward(frame);
    first.backward(frame, stack.firstGradient());
  }

  /** {@return the weights of the counts} */
  List<WideWeight.Named> wide() {
    return first.wide();
  }
}
