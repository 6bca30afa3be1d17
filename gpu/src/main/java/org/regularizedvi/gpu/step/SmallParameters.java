package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * Holds the parameters that are not wide one behind another on the card, with their gradients and
 * moments, so that one launch updates all of them.
 */
final class SmallParameters {
  /** Each begins at a multiple of it, so that a block of Adam's kernel has one owner. */
  private static final int PIECE = 256;

  private final Arrays memory;
  private final SequencedMap<String, Place> places;
  private final DeviceMemory owners;
  private final DeviceMemory ends;
  private final DeviceMemory multipliers;
  private final DeviceMemory broken;
  private final int size;

  /** The names of those whose gradients somebody computes. */
  private final Set<String> differentiated = new HashSet<>();

  /** Values, gradients and moments of all. */
  private record Arrays(
      DeviceMemory values, DeviceMemory gradients, DeviceMemory first, DeviceMemory second) {}

  /** Where a parameter lies, in numbers, and where it comes from. */
  private record Place(int from, int count, Stored stored) {
    DeviceMemory in(DeviceMemory all) {
      return all.slice((long) from * Float.BYTES, (long) count * Float.BYTES);
    }
  }

  /** A parameter where the host stores it. */
  interface Stored {
    /** {@return how many numbers it has} */
    int count();

    /** {@return the factor on its learning rate} */
    double lrMultiplier();

    /** Copies it out of the store. */
    void read(MemorySegment into);

    /** Copies it into the store. */
    void write(MemorySegment from);
  }

  /**
   * Copies the parameters to the card.
   *
   * @param arena owns the memory
   * @param stored the parameters by name
   */
  SmallParameters(DeviceArena arena, SequencedMap<String, Stored> stored) {
    this.places = new LinkedHashMap<>();
    List<Integer> ownerOfPiece = new ArrayList<>();
    int[] end = new int[stored.size()];
    double[] multiplier = new double[stored.size()];
    int next = 0;
    for (var entry : stored.entrySet()) {
      int own = places.size();
      Stored parameter = entry.getValue();
      places.put(entry.getKey(), new Place(next, parameter.count(), parameter));
      end[own] = next + parameter.count();
      multiplier[own] = parameter.lrMultiplier();
      for (; next < end[own]; next += PIECE) {
        ownerOfPiece.add(own);
      }
    }
    this.size = next;
    this.memory =
        new Arrays(arena.words(size), arena.words(size), arena.words(size), arena.words(size));
    this.owners = arena.of(ownerOfPiece.stream().mapToInt(own -> own).toArray());
    this.ends = arena.of(end);
    this.multipliers = arena.of(multiplier);
    this.broken = arena.words(places.size());
    try (Arena host = Arena.ofConfined()) {
      MemorySegment all = host.allocate((long) size * Float.BYTES, Long.BYTES);
      places.values().forEach(place -> place.stored.read(hostOf(all, place)));
      memory.values.upload(all);
      broken.device().await();
    }
  }

  private static MemorySegment hostOf(MemorySegment all, Place place) {
    return all.asSlice((long) place.from * Float.BYTES, (long) place.count * Float.BYTES);
  }

  /** {@return the names, in their order} */
  List<String> names() {
    return List.copyOf(places.keySet());
  }

  /** {@return a parameter's values} */
  DeviceMemory value(String name) {
    return places.get(name).in(memory.values);
  }

  /** {@return where the gradient by a parameter is to be left, laid out as the parameter} */
  DeviceMemory gradient(String name) {
    differentiated.add(name);
    return places.get(name).in(memory.gradients);
  }

  /**
   * Requires that somebody has asked for the gradient of every parameter.
   *
   * @throws IllegalStateException when nobody computes one
   */
  void requireGradients() {
    if (!differentiated.containsAll(places.keySet())) {
      throw new IllegalStateException(
          "Parameters %s, but gradients of %s alone".formatted(places.keySet(), differentiated));
    }
  }

  /** {@return the number of a parameter's values} */
  int count(String name) {
    return places.get(name).count;
  }

  /** {@return a mark for each parameter: 1 when its gradient was not finite} */
  DeviceMemory broken() {
    return broken;
  }

  /** Copies the parameters into the host's store. */
  void store() {
    try (Arena host = Arena.ofConfined()) {
      MemorySegment all = host.allocate((long) size * Float.BYTES, Long.BYTES);
      memory.values.download(all);
      broken.device().await();
      places.values().forEach(place -> place.stored.write(hostOf(all, place)));
    }
  }

  /** Gives both moments of each parameter to the optimiser's state. */
  void addMoments(Moments moments) {
    places.forEach(
        (name, place) ->
            moments.add(
                name, place.count, flat(place.in(memory.first)), flat(place.in(memory.second))));
  }

  private static Moments.Copy flat(DeviceMemory own) {
    return new Moments.Copy() {
      @Override
      public void download(MemorySegment into) {
        own.download(into);
        own.device().await();
      }

      @Override
      public void upload(MemorySegment from) {
        own.upload(from);
        own.device().await();
      }
    };
  }

  /** {@return marks of the parameters whose names a predicate holds for} */
  DeviceMemory marks(DeviceArena arena, Predicate<String> marked) {
    return arena.of(places.keySet().stream().mapToInt(own -> marked.test(own) ? 1 : 0).toArray());
  }

  /**
   * Adds the launch that updates all of them.
   *
   * @param idle marks of those that stay as they are; none where all move
   */
  void update(Frame frame, DeviceMemory idle) {
    Launches launches = frame.launches();
    launches.addLine(
        Code.ADAM,
        size / PIECE,
        launches.struct(
            memory.values,
            memory.gradients,
            memory.first,
            memory.second,
            owners,
            ends,
            multipliers,
            idle,
            broken),
        frame.step());
  }

  /** {@return a parameter that lies in one piece of the host's memory} */
  static Stored whole(MemorySegment own, double lrMultiplier) {
    return new Stored() {
      @Override
      public int count() {
        return (int) (own.byteSize() / Float.BYTES);
      }

      @Override
      public double lrMultiplier() {
        return lrMultiplier;
      }

      @Override
      public void read(MemorySegment into) {
        into.copyFrom(own);
      }

      @Override
      public void write(MemorySegment from) {
        own.copyFrom(from);
      }
    };
  }

  /** {@return some columns of a parameter, as a matrix without gaps} */
  static Stored columns(MemorySegment own, int columns, int first, int count, double multiplier) {
    int rows = (int) (own.byteSize() / Float.BYTES / columns);
    return new Stored() {
      @Override
      public int count() {
        return rows * count;
      }

      @Override
      public double lrMultiplier() {
        return multiplier;
      }

      @Override
      public void read(MemorySegment into) {
        for (int r = 0; r < rows; r++) {
          MemorySegment.copy(own, at(r, columns, first), into, at(r, count, 0), bytes());
        }
      }

      @Override
      public void write(MemorySegment from) {
        for (int r = 0; r < rows; r++) {
          MemorySegment.copy(from, at(r, count, 0), own, at(r, columns, first), bytes());
        }
      }

      private long bytes() {
        return (long) count * JAVA_FLOAT.byteSize();
      }

      private static long at(int row, int width, int column) {
        return ((long) row * width + column) * JAVA_FLOAT.byteSize();
      }
    };
  }
}
