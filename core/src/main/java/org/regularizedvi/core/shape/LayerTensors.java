package org.regularizedvi.core.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.ParameterSpec.Start;

/**
 * Lists the stored tensors of linear maps and of stacks of layers. Linear maps start as those of
 * PyTorch do: weight and bias uniform in +-1/sqrt(fan-in).
 *
 * @param role what training does with the tensors
 * @param lrMultiplier multiplies their learning rate
 */
public record LayerTensors(Role role, double lrMultiplier) {
  /**
   * {@return a list of tensors that training changes}
   *
   * @param spec the modality that they belong to
   */
  public static LayerTensors trained(ModalitySpec spec) {
    return new LayerTensors(Role.TRAINED, spec.membership().lrMultiplier());
  }

  /**
   * {@return the tensors of a stack of fully connected layers}
   *
   * @param prefix the stored name of the stack
   * @param shape the sizes of the layers
   * @param keys the sizes of the keys whose one-hot columns every layer gets
   */
  public List<ParameterSpec> stack(String prefix, NetShape shape, int[] keys) {
    List<ParameterSpec> all = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = StoredNames.linear(prefix, layer, shape);
      int inputs = shape.fanIn(layer);
      all.add(
          new ParameterSpec(
              name + ".weight",
              new long[] {shape.hidden(), inputs},
              uniform(inputs),
              role,
              lrMultiplier,
              Optional.of(CategoryAxis.oneHot(inputs - shape.oneHot(), keys)),
              Optional.empty()));
      all.add(one(name + ".bias", uniform(inputs), shape.hidden()));
      if (shape.batchNorm()) {
        String norm = StoredNames.batchNorm(prefix, layer, shape);
        all.add(one(norm + ".weight", new Start.Constant(1), shape.hidden()));
        all.add(one(norm + ".bias", new Start.Constant(0), shape.hidden()));
        all.add(statistic(norm + ".running_mean", 0, shape.hidden()));
        all.add(statistic(norm + ".running_var", 1, shape.hidden()));
      }
    }
    return all;
  }

  private ParameterSpec statistic(String name, double start, int units) {
    long[] shape = {units};
    return new ParameterSpec(name, shape, new Start.Constant(start), Role.STATISTIC, lrMultiplier);
  }

  /**
   * {@return the weight and the bias of a linear map}
   *
   * @param name the stored name of the map
   * @param outputs the number of outputs
   * @param inputs the number of inputs
   */
  public List<ParameterSpec> linear(String name, int outputs, int inputs) {
    return linear(name, outputs, inputs, uniform(inputs));
  }

  /**
   * {@return the weight and the bias of a linear map}
   *
   * @param name the stored name of the map
   * @param outputs the number of outputs
   * @param inputs the number of inputs
   * @param bias how the bias starts
   */
  public List<ParameterSpec> linear(String name, int outputs, int inputs, Start bias) {
    return List.of(
        one(name + ".weight", uniform(inputs), outputs, inputs),
        one(name + ".bias", bias, outputs));
  }

  /**
   * {@return the heads of an encoder, that is, the linear maps to the mean and to the variance of
   * q}
   *
   * @param prefix the stored name of the encoder
   * @param shape the sizes of its layers
   * @param outputs the number of dimensions of q
   * @param start how the heads start
   */
  public List<ParameterSpec> heads(
      String prefix, NetShape shape, int outputs, EncoderHeadStart start) {
    int inputs = shape.hidden();
    String mean = prefix + ".mean_encoder";
    String variance = prefix + ".var_encoder";
    return List.of(
        one(
            mean + ".weight",
            EncoderHeadStart.weights(start.meanWeights(), inputs),
            outputs,
            inputs),
        one(mean + ".bias", EncoderHeadStart.bias(start.meanBias(), inputs), outputs),
        one(
            variance + ".weight",
            EncoderHeadStart.weights(start.varianceWeights(), inputs),
            outputs,
            inputs),
        one(variance + ".bias", EncoderHeadStart.bias(start.varianceBias(), inputs), outputs));
  }

  /**
   * {@return a tensor that has no places for categories}
   *
   * @param name its stored name
   * @param start how it starts
   * @param shape its shape
   */
  public ParameterSpec one(String name, Start start, long... shape) {
    return new ParameterSpec(name, shape, start, role, lrMultiplier);
  }

  /**
   * {@return a tensor that has places for categories}
   *
   * @param name its stored name
   * @param start how it starts
   * @param categories where it has places for categories
   * @param shape its shape
   */
  public ParameterSpec one(
      String name, Start start, Optional<CategoryAxis> categories, long... shape) {
    return new ParameterSpec(name, shape, start, role, lrMultiplier, categories, Optional.empty());
  }

  /**
   * {@return how a linear map starts}
   *
   * @param inputs the number of its inputs
   */
  public static Start.Uniform uniform(int inputs) {
    return new Start.Uniform(1 / Math.sqrt(inputs));
  }
}
