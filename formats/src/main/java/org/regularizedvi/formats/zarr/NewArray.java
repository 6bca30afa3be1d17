package org.regularizedvi.formats.zarr;

import java.util.Arrays;
import java.util.List;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.formats.hierarchy.Storage;

/**
 * Says how an array that is being written lies in a store: in chunks of whole rows of its first
 * axis.
 *
 * @param members the fields of an element that is a record, one behind another; else none
 * @param chunk lengths of a chunk's axes, each at least 1
 */
record NewArray(
    ElementType type, List<Member> members, long[] shape, long[] chunk, Storage storage) {
  private static final long CHUNK_VALUES = 1 << 20;

  /** A field of records; texts have four bytes for each of a fixed number of characters. */
  record Member(String name, ElementType type) {}

  /** Chooses the chunks. */
  static NewArray of(ElementType type, long[] shape, Storage storage) {
    return of(type, List.of(), shape, storage);
  }

  /** Chooses the chunks of records. */
  static NewArray ofRecords(List<Member> members, long[] shape) {
    long bytes = members.stream().mapToLong(member -> member.type().bytes()).sum();
    int each = Memory.arrayLength(bytes, 1, "A record");
    ElementType type = new ElementType(ElementType.Kind.COMPOUND, each, true);
    return of(type, members, shape, Storage.COMPRESSED);
  }

  private static NewArray of(
      ElementType type, List<Member> members, long[] shape, Storage storage) {
    long[] chunk = Arrays.stream(shape).map(length -> Math.max(1, length)).toArray();
    if (chunk.length > 0) {
      long perRow = Memory.elements(chunk, "An array") / chunk[0];
      chunk[0] = Math.clamp(CHUNK_VALUES / perRow, 1, chunk[0]);
    }
    return new NewArray(type, members, shape, chunk, storage);
  }

  /** {@return the number of values of a chunk} */
  int perChunk() {
    return Memory.arrayLength(Memory.elements(chunk, "A chunk"), type.bytes(), "A chunk");
  }

  /** {@return the number of values of the whole} */
  long values() {
    return Memory.elements(shape, "An array");
  }

  /** Returns where in the grid of chunks the n-th of them stands. */
  long[] place(long n) {
    long[] place = new long[shape.length];
    if (place.length > 0) {
      place[0] = n;
    }
    return place;
  }

  boolean compressed() {
    return storage == Storage.COMPRESSED;
  }
}
