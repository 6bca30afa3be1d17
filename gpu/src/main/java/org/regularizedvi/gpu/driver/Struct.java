package org.regularizedvi.gpu.driver;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Lays numbers and addresses out as a structure of C, in the order in which they are put: each at a
 * multiple of its size, the whole padded to a multiple of 8.
 */
public final class Struct {
  private static final int MOST_BYTES = 512;

  private final MemorySegment room;
  private int bytes;

  /**
   * Begins an empty structure.
   *
   * @param arena keeps it
   */
  public Struct(Arena arena) {
    this.room = arena.allocate(MOST_BYTES, Long.BYTES);
  }

  /**
   * Puts a field behind the others.
   *
   * @param field an Integer, Float, Double, {@link DeviceMemory}, or another structure, which has
   *     its own alignment of 8
   * @return this
   */
  public Struct put(Object field) {
    switch (field) {
      case Integer i -> room.set(JAVA_INT, take(Integer.BYTES), i);
      case Float f -> room.set(JAVA_FLOAT, take(Float.BYTES), f);
      case Double d -> room.set(JAVA_DOUBLE, take(Double.BYTES), d);
      case DeviceMemory m -> room.set(JAVA_LONG, take(Long.BYTES), m.address());
      case Struct s -> {
        int at = (bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        MemorySegment own = s.memory();
        MemorySegment.copy(own, 0, room, at, own.byteSize());
        bytes = at + (int) own.byteSize();
      }
      default ->
          throw new IllegalArgumentException(
              "No field of a structure: " + field.getClass().getName());
    }
    return this;
  }

  /**
   * Puts fields behind the others.
   *
   * @param fields as for {@link #put}
   * @return this
   */
  public Struct putAll(Object... fields) {
    for (Object field : fields) {
      put(field);
    }
    return this;
  }

  private int take(int size) {
    int at = (bytes + size - 1) / size * size;
    bytes = at + size;
    return at;
  }

  /** {@return the structure} */
  public MemorySegment memory() {
    return room.asSlice(0, (bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
  }
}
