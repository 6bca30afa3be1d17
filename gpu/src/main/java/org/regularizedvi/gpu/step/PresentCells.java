package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * Says on the card which cells of a minibatch have which of several modalities; in a model of one
 * modality every cell has it, and nothing is sent.
 */
final class PresentCells {
  private final int modalities;
  private Optional<Slot> slot = Optional.empty();
  private Presence presence = new Presence(List.of(new boolean[0]));

  PresentCells(int modalities) {
    this.modalities = modalities;
  }

  void reserve(DeviceArena arena, int rows) {
    slot =
        modalities > 1
            ? Optional.of(Slot.ofWords(arena, (modalities + 1L) * rows))
            : Optional.empty();
  }

  /** Sends which cells have which modality and, behind these, which have any. */
  void send(Presence cells) {
    presence = cells;
    slot.ifPresent(
        own -> {
          int rows = cells.size();
          int[] marks = new int[(modalities + 1) * rows];
          for (int m = 0; m < modalities; m++) {
            for (int n = 0; n < rows; n++) {
              marks[m * rows + n] = cells.cells().get(m)[n] ? 1 : 0;
              marks[modalities * rows + n] |= marks[m * rows + n];
            }
          }
          own.send(marks, marks.length);
        });
  }

  /** {@return for each cell whether it has at least one of some modalities} */
  boolean[] any(List<Integer> some) {
    return presence.any(some);
  }

  /** {@return a number for each cell, other than 0 where it has the modality} */
  DeviceMemory of(Frame frame, int modality) {
    long bytes = (long) frame.rows() * Integer.BYTES;
    return slot.map(own -> own.device().slice(modality * bytes, bytes)).orElse(DeviceMemory.NONE);
  }

  /**
   * {@return the same of whoever sees one modality, or all of them}
   *
   * @param seen the places of the modalities
   */
  DeviceMemory of(Frame frame, List<Integer> seen) {
    return of(frame, seen.size() == 1 ? seen.getFirst() : modalities);
  }
}
