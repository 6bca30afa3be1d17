package org.regularizedvi.cpu.net;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * A model's tensors by stored name, float32, owned until closed. Trained ones require gradients.
 */
public final class Parameters implements AutoCloseable {
  private final List<ParameterSpec> specs;
  private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

  /** What nothing uses becomes a tensor only when it is asked for: it can be wide. */
  private final Map<String, Supplier<float[]>> deferred = new HashMap<>();

  private Parameters(List<ParameterSpec> specs) {
    this.specs = List.copyOf(specs);
  }

  /**
   * Draws start values: a function of the seed, each tensor's place in the list and each entry's
   * place in the tensor.
   */
  public static Parameters start(List<ParameterSpec> specs, long seed) {
    CounterRandom random = new CounterRandom(seed);
    Parameters parameters = new Parameters(specs);
    for (int i = 0; i < specs.size(); i++) {
      ParameterSpec spec = specs.get(i);
      int place = i;
      parameters.put(spec, () -> startValues(spec, random, place));
    }
    return parameters;
  }

  /** Takes values from elsewhere, in the order of the list. */
  public static Parameters of(List<ParameterSpec> specs, List<float[]> values) {
    Parameters parameters = new Parameters(specs);
    for (int i = 0; i < specs.size(); i++) {
      float[] own = values.get(i);
      parameters.put(specs.get(i), () -> own);
    }
    return parameters;
  }

  private static float[] startValues(ParameterSpec spec, CounterRandom random, int place) {
    float[] values = new float[spec.size()];
    int purpose = Draw.Kind.START.ordinal();
    switch (spec.start()) {
      case ParameterSpec.Start.Uniform(double bound) -> {
        random.uniforms(purpose, place, 0, 0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) ((2.0 * values[i] - 1) * bound);
        }
      }
      case ParameterSpec.Start.Normal(double mean, double standardDeviation) -> {
        random.normals(purpose, place, 0, 0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (mean + standardDeviation * values[i]);
        }
      }
      case ParameterSpec.Start.NormalAround(float[] means, double standardDeviation) -> {
        random.normals(purpose, place, 0, 0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (means[i] + standardDeviation * values[i]);
        }
      }
      case ParameterSpec.Start.Constant(double value) -> Arrays.fill(values, (float) value);
    }
    return values;
  }

  private void put(ParameterSpec spec, Supplier<float[]> values) {
    if (spec.role() == ParameterSpec.Role.UNUSED) {
      deferred.put(spec.name(), values);
    } else {
      tensors.put(spec.name(), tensor(spec, values.get()));
    }
  }

  private static Tensor tensor(ParameterSpec spec, float[] values) {
    Tensor tensor = Tensors.keep(Tensors.of(values, spec.shape()));
    return tensor.requires_grad_(spec.role() == ParameterSpec.Role.TRAINED);
  }

  /**
   * Tensors of their own over the same memory: what changes one changes the other, but each has its
   * own gradient.
   */
  public Parameters aliases() {
    Parameters aliases = new Parameters(specs);
    tensors.forEach(
        (name, tensor) ->
            aliases.tensors.put(
                name, Tensors.keep(tensor.detach().requires_grad_(tensor.requires_grad()))));
    aliases.deferred.putAll(deferred);
    return aliases;
  }

  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor != null) {
      return tensor;
    }
    for (ParameterSpec spec : specs) {
      if (spec.name().equals(name)) {
        Tensor late = tensor(spec, deferred.get(name).get());
        tensors.put(name, late);
        return late;
      }
    }
    throw new IllegalArgumentException(
        "No parameter '%s' among %s".formatted(name, tensors.keySet()));
  }

  /** A parameter's values where they lie; those of one that is no tensor, made for this call. */
  public MemorySegment memory(String name) {
    return tensors.containsKey(name) || !deferred.containsKey(name)
        ? Tensors.memory(get(name))
        : MemorySegment.ofArray(deferred.get(name).get());
  }

  public List<ParameterSpec> specs() {
    return specs;
  }

  /** What is said of a tensor. */
  public ParameterSpec spec(String name) {
    return specs.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No parameter '%s'".formatted(name)));
  }

  /** The factor on the learning rate of a tensor. */
  public double lrMultiplier(String name) {
    return spec(name).lrMultiplier();
  }

  /** Names of the tensors that training changes by their gradients. */
  public List<String> trained() {
    List<String> names = new ArrayList<>();
    for (ParameterSpec spec : specs) {
      if (spec.role() == ParameterSpec.Role.TRAINED) {
        names.add(spec.name());
      }
    }
    return names;
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
