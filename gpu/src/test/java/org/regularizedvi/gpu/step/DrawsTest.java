package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.kernel.random.CounterRandom;

/** Draws on the card have the bits of those on processors. */
final class DrawsTest {
  private static final long SEED = 0x9123456789abcdefL;
  private static final long STEP = 0xfffffff7L;
  private static final int COLUMNS = 1000;
  private static final int[] CELLS = {0, 1, 17, 46_533, Integer.MAX_VALUE};
  private static final Draw DRAW = new Draw(Draw.Kind.THETA, 3, 2);

  @Test
  void normalsHaveTheBitsOfTheProcessors() {
    float[] found = draw(Code.DRAW_NORMALS);
    CounterRandom random = new CounterRandom(SEED);
    for (int n = 0; n < CELLS.length; n++) {
      float[] wanted = new float[COLUMNS];
      random.normals(DRAW.purpose(), DRAW.step(STEP), CELLS[n], 0, wanted, 0, COLUMNS);
      assertThat(row(found, n)).isEqualTo(wanted);
    }
  }

  @Test
  void uniformsHaveTheBitsOfTheProcessors() {
    float[] found = draw(Code.DRAW_UNIFORMS);
    CounterRandom random = new CounterRandom(SEED);
    for (int n = 0; n < CELLS.length; n++) {
      float[] wanted = new float[COLUMNS];
      random.uniforms(DRAW.purpose(), DRAW.step(STEP), CELLS[n], 0, wanted, 0, COLUMNS);
      assertThat(row(found, n)).isEqualTo(wanted);
    }
  }

  private static float[] row(float[] all, int n) {
    return Arrays.copyOfRange(all, n * COLUMNS, (n + 1) * COLUMNS);
  }

  private static float[] draw(Code code) {
    try (Device device = StandIn.open();
        DeviceArena arena = new DeviceArena(device);
        Launches launches = new Launches(new Kernels(device, false));
        Arena host = Arena.ofConfined()) {
      DeviceMemory out = arena.words((long) CELLS.length * COLUMNS);
      launches.add(
          code,
          Math.ceilDiv(COLUMNS, 256),
          CELLS.length,
          1,
          launches.struct((int) SEED, (int) (SEED >>> 32), (int) STEP, NoiseSource.tag(DRAW)),
          arena.of(CELLS),
          out,
          COLUMNS);
      launches.run();
      MemorySegment copy = host.allocate(out.bytes(), 8);
      out.download(copy);
      device.await();
      return copy.toArray(JAVA_FLOAT);
    }
  }
}
