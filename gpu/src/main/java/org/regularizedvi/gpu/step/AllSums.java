package org.regularizedvi.gpu.step;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Holds the numbers of all modalities that the host waits for, which come in one copy. */
final class AllSums {
  private final DeviceMemory device;
  private final MemorySegment host;
  private final List<Sums> modalities = new ArrayList<>();

  AllSums(DeviceArena arena, int modalities) {
    this.device = arena.zeros(modalities * Sums.BYTES);
    this.host = arena.pinned(modalities * Sums.BYTES);
    for (int m = 0; m < modalities; m++) {
      this.modalities.add(
          new Sums(
              device.slice(m * Sums.BYTES, Sums.BYTES), host.asSlice(m * Sums.BYTES, Sums.BYTES)));
    }
  }

  /** {@return those of a modality, by its place} */
  Sums of(int modality) {
    return modalities.get(modality);
  }

  /** {@return the sum of a number over the modalities} */
  double total(Sums.Sum sum) {
    return modalities.stream().mapToDouble(own -> own.of(sum)).sum();
  }

  /** Asks for the numbers; they are there when the card has come so far. */
  void fetch() {
    device.download(host);
  }
}
