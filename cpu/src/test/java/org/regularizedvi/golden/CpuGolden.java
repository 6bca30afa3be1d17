package org.regularizedvi.golden;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.cpu.CpuStep;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.TiledMatrix;

/**
 * Holds the fused step to the same golden numbers: loss terms, gradients taken tile by tile,
 * parameters after Adam.
 */
final class CpuGolden {
  private static final int THREADS = 2;

  private CpuGolden() {}

  static void check(Path file) throws IOException {
    try (GoldenCase golden = new GoldenCase(file);
        CpuStep step = step(golden)) {
      gradients(golden, step);
    }
    try (GoldenCase golden = new GoldenCase(file);
        CpuStep step = step(golden)) {
      new GoldenSteps(golden).check(step);
    }
  }

  private static CpuStep step(GoldenCase golden) {
    return new CpuStep(
        golden.network.model(), new GoldenSteps(golden).plan(THREADS), Products.here());
  }

  private static void gradients(GoldenCase golden, CpuStep step) {
    String group = "/train/step0";
    Map<TiledMatrix, float[]> taken = new ConcurrentHashMap<>();
    step.differentiate(
        golden.minibatch,
        golden.noise(group + "/noise"),
        golden.attribute(group, "kl_weight"),
        (matrix, firstRow, rows, gradient) -> {
          int stride = matrix.stride();
          int size = (int) (matrix.weight().byteSize() / Float.BYTES);
          float[] all = taken.computeIfAbsent(matrix, _ -> new float[size]);
          MemorySegment.copy(gradient, JAVA_FLOAT, 0, all, firstRow * stride, rows * stride);
        });
    for (ParameterSpec parameter : golden.network.parameters().stored().specs()) {
      String path = group + "/gradients/" + parameter.name();
      if (parameter.role() == ParameterSpec.Role.UNUSED) {
        assertThat(golden.has(path)).as("%s has a gradient", parameter.name()).isFalse();
        continue;
      }
      List<TiledMatrix> parts =
          taken.keySet().stream().filter(m -> m.name().equals(parameter.name())).toList();
      for (TiledMatrix part : parts) {
        compareTaken(path, golden.numbers(path), parameter.shape(), part, taken.get(part));
      }
      if (parts.isEmpty() && golden.has(path)) {
        float[] found = step.gradients().of(parameter.name()).toArray(JAVA_FLOAT);
        double[] numbers = new double[found.length];
        Arrays.setAll(numbers, i -> found[i]);
        GoldenTest.near(path, golden.numbers(path), numbers, GoldenTest.GRADIENTS);
      }
    }
  }

  /**
   * A head's weight is taken as it is stored, G x H; an encoder's columns for counts transposed, as
   * G x H.
   */
  private static void compareTaken(
      String path, double[] expected, long[] shape, TiledMatrix matrix, float[] taken) {
    int stride = matrix.stride();
    boolean head = path.contains("px_scale_decoder") || path.contains("burst_size_head");
    int units = (int) (head ? shape[1] : shape[0]);
    int genes = taken.length / stride;
    double[] wanted = new double[genes * units];
    double[] found = new double[genes * units];
    for (int g = 0; g < genes; g++) {
      for (int h = 0; h < units; h++) {
        wanted[g * units + h] =
            expected[head ? g * units + h : (int) (h * shape[1] + matrix.firstColumn() + g)];
        found[g * units + h] = taken[g * stride + h];
      }
    }
    GoldenTest.near(path, wanted, found, GoldenTest.GRADIENTS);
  }
}
