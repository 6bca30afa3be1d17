package org.regularizedvi.gpu.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A launch of a kernel with arguments that stay as they are, so that it can be repeated.
 *
 * @param kernel what runs
 * @param shape how many blocks
 * @param arguments addresses of the arguments
 */
public record Launch(Kernel kernel, LaunchShape shape, MemorySegment arguments) {
  /**
   * {@return a launch}
   *
   * @param kernel what runs
   * @param shape how many blocks
   * @param arena keeps the arguments
   * @param arguments in the kernel's order: numbers, {@link DeviceMemory}, or a {@link Struct}
   */
  public static Launch of(Kernel kernel, LaunchShape shape, Arena arena, Object... arguments) {
    MemorySegment addresses = arena.allocate(ValueLayout.ADDRESS, arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      MemorySegment own = new Struct(arena).put(arguments[i]).memory();
      addresses.setAtIndex(ValueLayout.ADDRESS, i, own);
    }
    return new Launch(kernel, shape, addresses);
  }

  /**
   * Puts the launch into the card's stream.
   *
   * @param device the card
   */
  public void on(Device device) {
    device.launch(this);
  }
}
