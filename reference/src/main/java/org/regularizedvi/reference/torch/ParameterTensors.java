package org.regularizedvi.reference.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.Parameters;

/**
 * Holds the parameters of a model as libtorch's tensors, over the memory where they are stored.
 * Trained ones require gradients. To be closed before the memory is.
 */
public final class ParameterTensors implements AutoCloseable {
  private final Parameters stored;
  private final Map<String, Tensor> tensors = new HashMap<>();

  private ParameterTensors(Parameters stored) {
    this.stored = stored;
  }

  /**
   * Makes tensors of all parameters that something uses. What changes one changes the others over
   * the same memory, but each has its own gradient.
   *
   * @param stored the parameters in native memory, which stay the caller's
   * @return the tensors, to be closed before the memory is
   */
  public static ParameterTensors over(Parameters stored) {
    ParameterTensors all = new ParameterTensors(stored);
    for (ParameterSpec spec : stored.specs()) {
      if (spec.role() != Role.UNUSED) {
        Tensor own = Tensors.keep(Tensors.over(stored.memory(spec.name()), spec.shape()));
        all.tensors.put(spec.name(), own.requires_grad_(spec.role() == Role.TRAINED));
      }
    }
    return all;
  }

  /** {@return the parameters in memory that the tensors lie over, with what is said of each} */
  public Parameters stored() {
    return stored;
  }

  /**
   * {@return the tensor of a parameter}
   *
   * @param name its stored name
   * @throws IllegalArgumentException when there is no such parameter, or nothing uses it
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "No parameter '%s' among %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }

  /**
   * {@return the shape, role and start of a parameter}
   *
   * @param name its stored name
   */
  public ParameterSpec spec(String name) {
    return stored.spec(name);
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
