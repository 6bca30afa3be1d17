package org.regularizedvi.gpu.step;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.Launch;
import org.regularizedvi.gpu.driver.LaunchShape;
import org.regularizedvi.gpu.driver.Struct;

/** Holds launches in the order in which they run, with their arguments. */
final class Launches implements AutoCloseable {
  private final Kernels kernels;
  private final Arena arena = Arena.ofShared();
  private final List<Launch> launches = new ArrayList<>();

  Launches(Kernels kernels) {
    this.kernels = kernels;
  }

  /** {@return a structure among the arguments} */
  Struct struct(Object... fields) {
    return new Struct(arena).putAll(fields);
  }

  /**
   * Puts a launch behind the others.
   *
   * @param code the kernel
   * @param columns blocks of the first axis
   * @param rows blocks of the second axis
   * @param layers blocks of the third axis
   * @param arguments in the kernel's order
   */
  void add(Code code, int columns, int rows, int layers, Object... arguments) {
    LaunchShape shape = new LaunchShape(columns, rows, layers);
    launches.add(Launch.of(kernels.of(code), shape, arena, arguments));
  }

  /** Puts a launch whose blocks lie on one axis behind the others. */
  void addLine(Code code, int blocks, Object... arguments) {
    add(code, blocks, 1, 1, arguments);
  }

  /** Runs all of them; the card may still be at work when this returns. */
  void run() {
    for (Launch launch : launches) {
      launch.on(kernels.device());
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
