package org.regularizedvi.core.shape;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Holds the stored tensors of a model by name, float32 and row-major in native memory, which this
 * owns until it is closed. Engines compute on this memory, and training changes it.
 *
 * <p>A tensor that nothing uses can be wide, so it takes no memory: its values are made whenever
 * they are asked for.
 */
public final class Parameters implements AutoCloseable {
  /**
   * Tensors start on cache lines: libraries choose other code, and other bits, where they don't.
   */
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final SequencedMap<String, ParameterSpec> specs = new LinkedHashMap<>();
  private final SequencedMap<String, Supplier<MemorySegment>> memory = new LinkedHashMap<>();

  private Parameters() {}

  /**
   * {@return tensors with drawn start values: a function of the seed, each tensor's place in the
   * list and each entry's place in the tensor}
   *
   * @param specs the tensors
   * @param seed makes the draws
   */
  public static Parameters start(List<ParameterSpec> specs, long seed) {
    CounterRandom random = new CounterRandom(seed);
    Parameters parameters = new Parameters();
    for (int i = 0; i < specs.size(); i++) {
      ParameterSpec spec = specs.get(i);
      int place = i;
      parameters.put(spec, () -> startValues(spec, random, place));
    }
    return parameters;
  }

  /**
   * {@return tensors with values from elsewhere, which are copied}
   *
   * @param specs the tensors
   * @param values the values of each, row-major, in the order of the list
   */
  public static Parameters of(List<ParameterSpec> specs, List<float[]> values) {
    Parameters parameters = new Parameters();
    for (int i = 0; i < specs.size(); i++) {
      float[] own = values.get(i);
      parameters.put(specs.get(i), () -> own);
    }
    return parameters;
  }

  private static float[] startValues(ParameterSpec spec, CounterRandom random, int place) {
    float[] values = new float[spec.size()];
    int purpose = Draw.Kind.START.purpose();
    switch (spec.start()) {
      case ParameterSpec.Start.Uniform(double bound) -> {
        random.uniforms(purpose, place, 0, 0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) ((2.0 * values[i] - 1) * bound);
        }
      }
      case ParameterSpec.Start.UniformRows(double bound, float[] factors) -> {
        random.uniforms(purpose, place, 0, 0, values, 0, values.length);
        int columns = values.length / factors.length;
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) ((2.0 * values[i] - 1) * bound * factors[i / columns]);
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
    specs.put(spec.name(), spec);
    if (spec.role() == ParameterSpec.Role.UNUSED) {
      memory.put(spec.name(), () -> MemorySegment.ofArray(values.get()));
    } else {
      MemorySegment own = arena.allocate((long) spec.size() * Float.BYTES, ALIGNMENT);
      own.copyFrom(MemorySegment.ofArray(values.get()));
      memory.put(spec.name(), () -> own);
    }
  }

  /**
   * Returns the values of a tensor where they lie; those of a tensor that nothing uses are made for
   * this call.
   *
   * @param name its stored name
   * @return its values, float32, row-major
   * @throws IllegalArgumentException when there is no such tensor
   */
  public MemorySegment memory(String name) {
    spec(name);
    return memory.get(name).get();
  }

  /**
   * {@return a copy of the values of a tensor, row-major}
   *
   * @param name its stored name
   * @throws IllegalArgumentException when there is no such tensor
   */
  public float[] values(String name) {
    return memory(name).toArray(JAVA_FLOAT);
  }

  /** {@return all tensors, in the order in which they are stored} */
  public List<ParameterSpec> specs() {
    return List.copyOf(specs.values());
  }

  /**
   * {@return the name, shape, start and role of a tensor}
   *
   * @param name its stored name
   * @throws IllegalArgumentException when there is no such tensor
   */
  public ParameterSpec spec(String name) {
    ParameterSpec spec = specs.get(name);
    if (spec == null) {
      throw new IllegalArgumentException(
          "No parameter '%s' among %s".formatted(name, specs.keySet()));
    }
    return spec;
  }

  /** {@return the names of the tensors that training changes by their gradients} */
  public List<String> trained() {
    return specs.values().stream()
        .filter(spec -> spec.role() == ParameterSpec.Role.TRAINED)
        .map(ParameterSpec::name)
        .toList();
  }

  /** Frees the memory: nothing that an engine has made of it may be used after. */
  @Override
  public void close() {
    arena.close();
  }
}
