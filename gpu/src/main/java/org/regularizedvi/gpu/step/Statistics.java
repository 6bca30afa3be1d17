package org.regularizedvi.gpu.step;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Holds what batch norm collects over minibatches, on the card. */
final class Statistics {
  private final DeviceArena arena;
  private final Parameters parameters;
  private final Map<String, DeviceMemory> all = new LinkedHashMap<>();

  /**
   * Holds nothing yet.
   *
   * @param arena owns the memory
   * @param parameters the model's, among which they are stored
   */
  Statistics(DeviceArena arena, Parameters parameters) {
    this.arena = arena;
    this.parameters = parameters;
  }

  /** {@return those that are stored under a name, which are copied to the card} */
  DeviceMemory of(String name) {
    DeviceMemory own = arena.of(parameters.values(name));
    all.put(name, own);
    return own;
  }

  /** {@return whether training collects what is stored under a name} */
  boolean collects(String name) {
    return parameters.spec(name).role() == ParameterSpec.Role.STATISTIC;
  }

  /** Copies them into the stored parameters. */
  void store() {
    all.forEach(
        (name, own) -> {
          MemorySegment stored = parameters.memory(name);
          own.download(stored);
          own.device().await();
        });
  }
}
