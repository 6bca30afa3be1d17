package org.regularizedvi.core.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.ParameterSpec.Start;

/**
 * The stored tensors of linear maps and of stacks of layers. Linear maps start as PyTorch's do:
 * weight and bias uniform in +-1/sqrt(fan-in).
 *
 * @param role what training does with them
 * @param lrMultiplier factor on their learning rate
 */
public record LayerTensors(Role role, double lrMultiplier) {
  /** Those that training changes, of one modality. */
  public static LayerTensors trained(ModalitySpec spec) {
    return new LayerTensors(Role.TRAINED, spec.membership().lrMultiplier());
  }

  /**
   * Lists the tensors of a stack of fully connected layers.
   *
   * @param prefix of the stack's stored name
   * @param keys sizes of the keys whose one-hot columns every layer sees
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

  /** Lists the weight and the bias of a linear map. */
  public List<ParameterSpec> linear(String name, int outputs, int inputs) {
    return linear(name, outputs, inputs, uniform(inputs));
  }

  /**
   * Lists the weight and the bias of a linear map.
   *
   * @param bias how the bias starts
   */
  public List<ParameterSpec> linear(String name, int outputs, int inputs, Start bias) {
    return List.of(
        one(name + ".weight", uniform(inputs), outputs, inputs),
        one(name + ".bias", bias, outputs));
  }

  /** Lists an encoder's heads: the linear maps to the mean and to the variance of q. */
  public List<ParameterSpec> heads(String prefix, NetShape shape, int outputs) {
    return heads(prefix, shape, outputs, uniform(shape.hidden()));
  }

  /**
   * Lists an encoder's heads.
   *
   * @param meanBias how the bias of the mean starts
   */
  public List<ParameterSpec> heads(String prefix, NetShape shape, int outputs, Start meanBias) {
    List<ParameterSpec> all = new ArrayList<>();
    all.addAll(linear(prefix + ".mean_encoder", outputs, shape.hidden(), meanBias));
    all.addAll(linear(prefix + ".var_encoder", outputs, shape.hidden()));
    return all;
  }

  /** Returns a tensor that has no places for categories. */
  public ParameterSpec one(String name, Start start, long... shape) {
    return new ParameterSpec(name, shape, start, role, lrMultiplier);
  }

  /** Returns a tensor that has places for categories. */
  public ParameterSpec one(
      String name, Start start, Optional<CategoryAxis> categories, long... shape) {
    return new ParameterSpec(name, shape, start, role, lrMultiplier, categories, Optional.empty());
  }

  /** How a linear map starts. */
  public static Start uniform(int inputs) {
    return new Start.Uniform(1 / Math.sqrt(inputs));
  }
}
