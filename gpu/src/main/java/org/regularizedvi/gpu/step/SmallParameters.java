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
import java.util.function.Consumer;
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
  private final DeviceMemory still;
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
      multiplier[own] = parameter.moves().lrMultiplier();
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
    this.still = still(arena);
    try (Arena host = Arena.ofConfined()) {
      MemorySegment all = host.allocate((long) size * Float.BYTES, Long.BYTES);
      places.values().forEach(place -> place.stored.read(hostOf(all, place)));
      memory.values.upload(all);
      broken.device().await();
    }
  }

  /** {@return marks of the entries that stay as they are; none where all move} */
  private DeviceMemory still(DeviceArena arena) {
    if (places.values().stream().allMatch(place -> place.stored.moves().entries().isEmpty())) {
      return DeviceMemory.NONE;
    }
    int[] marks = new int[size];
    for (Place place : places.values()) {
      if (place.stored.moves().entries().isPresent()) {
        for (int i = 0; i < place.count; i++) {
          marks[place.from + i] = 1;
        }
        for (int entry : place.stored.moves().entries().get()) {
          marks[place.from + entry] = 0;
        }
      }
    }
    return arena.of(marks);
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

  /** Gives both moments of each parameter that moves to the optimiser's state. */
  void addMoments(Moments moments) {
    places.forEach(
        (name, place) -> {
          Stored.Moves moves = place.stored.moves();
          DeviceMemory first = place.in(memory.first);
          DeviceMemory second = place.in(memory.second);
          if (moves.entries().isEmpty()) {
            moments.add(name, place.count, flat(first), flat(second));
          } else if (moves.any()) {
            int[] some = moves.entries().get();
            moments.add(name, some.length, picked(first, some), picked(second, some));
          }
        });
  }

  /** {@return a copy of some entries, side by side} */
  private static Moments.Copy picked(DeviceMemory own, int[] entries) {
    return new Moments.Copy() {
      @Override
      public void download(MemorySegment into) {
        withAll(
            own,
            all -> {
              for (int i = 0; i < entries.length; i++) {
                into.setAtIndex(JAVA_FLOAT, i, all.getAtIndex(JAVA_FLOAT, entries[i]));
              }
            });
      }

      @Override
      public void upload(MemorySegment from) {
        withAll(
            own,
            all -> {
              for (int i = 0; i < entries.length; i++) {
                all.setAtIndex(JAVA_FLOAT, entries[i], from.getAtIndex(JAVA_FLOAT, i));
              }
              own.upload(all);
              own.device().await();
            });
      }
    };
  }

  private static void withAll(DeviceMemory own, Consumer<MemorySegment> use) {
    try (Arena host = Arena.ofConfined()) {
      MemorySegment all = host.allocate(own.bytes(), Long.BYTES);
      own.download(all);
      own.device().await();
      use.accept(all);
    }
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
            still,
            idle,
            broken),
        frame.step());
  }
}
