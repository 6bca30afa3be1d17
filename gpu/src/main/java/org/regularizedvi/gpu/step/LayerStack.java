package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * Computes a stack of layers: linear, with one-hot columns behind its input, then batch norm, layer
 * norm, ReLU and dropout. Whoever knows the first linear map's input leaves its result in {@link
 * #first}, and finds the gradient by it in {@link #firstGradient}.
 */
final class LayerStack {
  private final NetShape shape;
  private final List<Layer> layers = new ArrayList<>();

  /** Holds one layer: what it is made of, and what it makes of a minibatch. */
  private static final class Layer {
    private final Optional<LinearMap> linear;
    private final Optional<BatchNorm> batchNorm;
    private final Optional<DropoutDraws> dropout;
    private Rows x;
    private DeviceMemory inverse = DeviceMemory.NONE;
    private Rows output;
    private Rows gradient;

    Layer(
        Optional<LinearMap> linear, Optional<BatchNorm> batchNorm, Optional<DropoutDraws> dropout) {
      this.linear = linear;
      this.batchNorm = batchNorm;
      this.dropout = dropout;
    }
  }

  /** The last layer's output for products, where these take bfloat16. */
  private DeviceMemory rounded = DeviceMemory.NONE;

  private Optional<Slot> oneHot = Optional.empty();

  /**
   * Makes a stack over stored parameters.
   *
   * @param stores have those of the layers behind the first, and take the draws
   * @param prefix the stored name of the stack
   * @param shape its sizes and options
   * @param draws the kind and modality of its dropout's draws; empty for a stack without
   */
  LayerStack(Stores stores, String prefix, NetShape shape, Optional<Draw> draws) {
    this.shape = shape;
    for (int layer = 0; layer < shape.layers(); layer++) {
      String linear = StoredNames.linear(prefix, layer, shape);
      String norm = StoredNames.batchNorm(prefix, layer, shape);
      int place = shape.dropoutOnInput() ? layer + 1 : layer;
      layers.add(
          new Layer(
              layer == 0
                  ? Optional.empty()
                  : Optional.of(LinearMap.of(stores.small(), linear, shape.hidden())),
              shape.batchNorm()
                  ? Optional.of(new BatchNorm(stores, norm, shape.hidden()))
                  : Optional.empty(),
              draws
                  .filter(_ -> shape.dropoutRate() > 0 && place < shape.layers())
                  .map(draw -> new Draw(draw.kind(), draw.modality(), place))
                  .map(
                      draw ->
                          new DropoutDraws(
                              shape.dropoutRate(),
                              stores
                                  .sources()
                                  .add(draw, NoiseSource.Form.UNIFORMS, shape.hidden())))));
    }
  }

  /**
   * Makes room for a minibatch.
   *
   * @param arena owns the memory
   * @param rows number of cells
   * @param lastStride numbers of a row of the last layer's output
   * @param round whether the last layer's output is wanted in bfloat16, else in float32
   * @param both whether it is wanted in float32 in any case
   */
  void reserve(DeviceArena arena, int rows, int lastStride, boolean round, boolean both) {
    for (Layer layer : layers) {
      boolean last = layer == layers.getLast();
      layer.x = Rows.of(arena, rows, shape.hidden());
      layer.inverse = shape.layerNorm() ? arena.words(rows) : DeviceMemory.NONE;
      layer.output =
          last && round && !both
              ? new Rows(DeviceMemory.NONE, lastStride)
              : Rows.of(arena, rows, last ? lastStride : shape.hidden() + shape.oneHot());
      layer.gradient = Rows.of(arena, rows, shape.hidden());
      layer.batchNorm.ifPresent(norm -> norm.reserve(arena, rows));
    }
    rounded = round ? arena.zeros((long) rows * lastStride * Short.BYTES) : DeviceMemory.NONE;
    oneHot =
        Optional.of(shape)
            .filter(own -> own.layers() > 1 && own.oneHot() > 0)
            .map(own -> Slot.ofWords(arena, (long) rows * own.oneHot()));
  }

  /** Sends the one-hot columns that the layers behind the first see. */
  void put(OneHot columns, int[][] codes, int rows) {
    oneHot.ifPresent(
        slot -> {
          float[] all = new float[rows * shape.oneHot()];
          columns.put(codes, rows, all, shape.oneHot(), 0);
          slot.send(all, all.length);
        });
  }

  /** {@return where the first linear map is to be left} */
  Rows first() {
    return layers.getFirst().x;
  }

  /** {@return the gradient by the first linear map} */
  Rows firstGradient() {
    return layers.getFirst().gradient;
  }

  /** {@return the last layer in float32} */
  Rows output() {
    return layers.getLast().output;
  }

  /** {@return the last layer in bfloat16} */
  DeviceMemory rounded() {
    return rounded;
  }

  /** {@return where the gradient by the last layer is to be left} */
  Rows outputGradient() {
    return layers.getLast().gradient;
  }

  /** Adds the launches from the first linear map to the last layer. */
  void forward(Frame frame) {
    Launches launches = frame.launches();
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      if (l > 0) {
        Rows input = layers.get(l - 1).output;
        oneHot.ifPresent(
            slot ->
                new Rows(slot.device(), shape.oneHot()).copy(frame, input.from(shape.hidden())));
        layer.linear.orElseThrow().forward(frame, input, layer.x, false);
      }
      layer.batchNorm.ifPresent(norm -> norm.forward(frame, layer.x));
      launches.addLine(
          Code.FINISH_LAYER,
          frame.blocksOfWarps(),
          struct(frame, layer),
          frame.cells(),
          frame.step());
    }
  }

  private Struct struct(Frame frame, Layer layer) {
    boolean last = layer == layers.getLast();
    return frame
        .launches()
        .struct(
            layer.x.memory(),
            layer.inverse,
            layer.output.memory(),
            last ? rounded : DeviceMemory.NONE,
            frame.rows(),
            shape.hidden(),
            layer.output.stride(),
            DropoutDraws.struct(layer.dropout, frame));
  }

  /** Adds the launches that take the gradient by the last layer to the first linear map. */
  void backward(Frame frame) {
    for (int l = layers.size() - 1; l >= 0; l--) {
      Layer layer = layers.get(l);
      frame
          .launches()
          .addLine(
              Code.DIFFERENTIATE_LAYER,
              frame.blocksOfWarps(),
              struct(frame, layer),
              layer.gradient.memory(),
              frame.cells(),
              frame.step());
      layer.batchNorm.ifPresent(norm -> norm.backward(frame, layer.x, layer.gradient));
      if (l > 0) {
        Layer below = layers.get(l - 1);
        LinearMap linear = layer.linear.orElseThrow();
        linear.differentiate(frame, layer.gradient, below.output);
        linear.backward(frame, layer.gradient, below.gradient, shape.hidden(), false);
      }
    }
  }
}
