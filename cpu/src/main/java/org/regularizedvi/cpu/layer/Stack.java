package org.regularizedvi.cpu.layer;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes a stack of layers: [dropout] -> linear, with the one-hot columns behind its input ->
 * [batch norm] -> [layer norm] -> ReLU -> [dropout].
 *
 * <p>The first linear map is done by whoever knows its input, the counts or z: it leaves its result
 * in {@link #first}, and finds the gradient by it in {@link #firstGradient}.
 */
public final class Stack {
  private final NetShape shape;
  private final boolean trained;
  private final List<Layer> layers = new ArrayList<>();

  /** Holds one layer: what it is made of, and what it made of the minibatch. */
  private static final class Layer {
    /** The linear map; the first layer's is done elsewhere. */
    private final Optional<Linear> linear;

    private final Optional<BatchNorm> batchNorm;

    /** What becomes of its output before the next layer, or the caller, sees it. */
    private final Optional<Dropout> dropout;

    private LayerNorm layerNorm;

    /** Its linear map's result, then that normalised. */
    private Matrix xNH;

    private Optional<Matrix> batchNormalisedNH = Optional.empty();

    /** Its output, with the one-hot columns of the next layer behind it. */
    private Matrix outputNI;

    /** The gradient by its output, then by its linear map's result. */
    private Matrix dNH;

    Layer(Optional<Linear> linear, Optional<BatchNorm> batchNorm, Optional<Dropout> dropout) {
      this.linear = linear;
      this.batchNorm = batchNorm;
      this.dropout = dropout;
    }
  }

  /**
   * Makes a stack over stored parameters.
   *
   * @param parameters of the model
   * @param prefix the stored name of the stack
   * @param shape its sizes and options
   * @param dropoutDraws the kind and modality of its dropout's draws; empty for a stack without
   * @param gradients of those parameters that move; none outside training
   * @param products multiplies
   */
  public Stack(
      Parameters parameters,
      String prefix,
      NetShape shape,
      Optional<Draw> dropoutDraws,
      Gradients gradients,
      Products products) {
    this.shape = shape;
    this.trained = gradients.any();
    for (int layer = 0; layer < shape.layers(); layer++) {
      String linear = StoredNames.linear(prefix, layer, shape);
      String norm = StoredNames.batchNorm(prefix, layer, shape);
      layers.add(
          new Layer(
              layer == 0
                  ? Optional.empty()
                  : Optional.of(Linear.of(parameters, linear, gradients, products)),
              shape.batchNorm()
                  ? Optional.of(new BatchNorm(parameters, norm, gradients))
                  : Optional.empty(),
              dropoutBehind(layer, dropoutDraws)));
    }
  }

  /** {@return the dropout of a layer's output: its own, or that of the next layer's input} */
  private Optional<Dropout> dropoutBehind(int layer, Optional<Draw> draws) {
    int place = shape.dropoutOnInput() ? layer + 1 : layer;
    return draws
        .filter(_ -> shape.dropoutRate() > 0 && place < shape.layers())
        .map(
            draw ->
                new Dropout(shape.dropoutRate(), new Draw(draw.kind(), draw.modality(), place)));
  }

  /**
   * Makes room for a minibatch.
   *
   * @param arena owns the memory
   * @param rows number of cells
   */
  public void reserve(Arena arena, int rows) {
    for (Layer layer : layers) {
      boolean last = layer == layers.getLast();
      int columns = shape.hidden() + (last ? 0 : shape.oneHot());
      layer.layerNorm = new LayerNorm(new float[shape.layerNorm() ? rows : 0]);
      layer.xNH = Matrix.in(arena, rows, shape.hidden());
      layer.outputNI = Matrix.in(arena, rows, columns);
      layer.batchNormalisedNH = layer.batchNorm.map(_ -> Matrix.in(arena, rows, shape.hidden()));
      layer.dNH = Matrix.in(arena, trained ? rows : 0, shape.hidden());
    }
  }

  /**
   * Writes the one-hot columns that every layer behind the first sees.
   *
   * @param oneHot the columns
   * @param codes category of each cell, one array per key
   * @param rows number of cells
   */
  public void putOneHot(OneHotColumns oneHot, int[][] codes, int rows) {
    for (Layer layer : layers.subList(0, layers.size() - 1)) {
      oneHot.put(codes, rows, layer.outputNI.columns(shape.hidden(), shape.oneHot()));
    }
  }

  /** {@return where the first linear map is to be left: rows x hidden units} */
  public Matrix first() {
    return layers.getFirst().xNH;
  }

  /** {@return the gradient by the first linear map: rows x hidden units} */
  public Matrix firstGradient() {
    return layers.getFirst().dNH;
  }

  /** {@return the last layer: rows x hidden units} */
  public Matrix output() {
    return layers.getLast().outputNI;
  }

  /** {@return where the gradient by the last layer is to be left: rows x hidden units} */
  public Matrix outputGradient() {
    return layers.getLast().dNH;
  }

  /**
   * Computes the last layer from the first linear map.
   *
   * @param from the first row
   * @param to the row after the last
   * @param training the step's noise, in training alone
   */
  public void forward(int from, int to, Optional<Noise> training) {
    Optional<Matrix> input = Optional.empty();
    for (Layer layer : layers) {
      if (input.isPresent()) {
        layer.linear.orElseThrow().forward(input.get().rows(from, to), layer.xNH.rows(from, to));
      }
      layer.batchNorm.ifPresent(
          norm ->
              norm.forward(
                  layer.xNH,
                  layer.batchNormalisedNH.orElseThrow(),
                  from,
                  to,
                  training.isPresent()));
      if (shape.layerNorm()) {
        layer.layerNorm.forward(layer.xNH, from, to);
      }
      Matrix hNH = layer.outputNI.columns(0, shape.hidden());
      Rectifier.forward(layer.xNH, hNH, from, to);
      training.ifPresent(noise -> layer.dropout.ifPresent(d -> d.apply(noise, hNH, from, to)));
      input = Optional.of(layer.outputNI);
    }
  }

  /**
   * Turns the gradient by the last layer into that by the first linear map.
   *
   * @param from the first row
   * @param to the row after the last
   * @param noise of the step; a stack without dropout needs none
   */
  public void backward(int from, int to, Optional<Noise> noise) {
    for (int l = layers.size() - 1; l >= 0; l--) {
      Layer layer = layers.get(l);
      layer.dropout.ifPresent(d -> d.apply(noise.orElseThrow(), layer.dNH, from, to));
      Rectifier.backward(layer.xNH, layer.dNH, from, to);
      if (shape.layerNorm()) {
        layer.layerNorm.backward(layer.xNH, layer.dNH, from, to);
      }
      layer.batchNorm.ifPresent(
          norm -> norm.backward(layer.batchNormalisedNH.orElseThrow(), layer.dNH, to));
      if (l > 0) {
        Matrix below = layers.get(l - 1).dNH.rows(from, to);
        layer.linear.orElseThrow().backward(layer.dNH.rows(from, to), 0, below);
      }
    }
  }

  /**
   * Carries derivatives of one row forward, outside training, when {@link #forward} has seen it.
   *
   * @param n the row
   * @param firstKH derivatives of its first linear map, of which nothing is left: derivatives x
   *     hidden units
   * @param otherKH room of the same size
   * @return the derivatives of its last layer, in one of the two
   */
  public Matrix carry(int n, Matrix firstKH, Matrix otherKH) {
    Matrix derivatives = firstKH;
    Matrix room = otherKH;
    for (Layer layer : layers) {
      if (layer.linear.isPresent()) {
        layer.linear.get().carry(derivatives, room);
        Matrix carried = room;
        room = derivatives;
        derivatives = carried;
      }
      Matrix own = derivatives;
      layer.batchNorm.ifPresent(norm -> norm.carry(own));
      if (shape.layerNorm()) {
        layer.layerNorm.carry(layer.xNH, n, derivatives);
      }
      Rectifier.carry(layer.xNH, n, derivatives);
    }
    return derivatives;
  }

  /**
   * {@return the tasks that compute the gradients of the weights behind the first linear map}
   *
   * @param rows gives the number of cells of the minibatch
   */
  public List<Runnable> parameterTasks(IntSupplier rows) {
    List<Runnable> tasks = new ArrayList<>();
    for (int l = 1; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      Layer below = layers.get(l - 1);
      tasks.addAll(
          layer
              .linear
              .orElseThrow()
              .parameterTasks(
                  () -> below.outputNI.rows(0, rows.getAsInt()),
                  () -> layer.dNH.rows(0, rows.getAsInt())));
    }
    return tasks;
  }
}
