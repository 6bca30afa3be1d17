package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongFunction;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.StoredField;

/**
 * Reads one field of a dataset of records, as old .h5ad files keep whole tables; valid while its
 * dataset is open.
 */
final class H5Field implements StoredField {
  private final H5Dataset records;
  private final String name;
  private final ElementType type;

  /** Opens a field; must be called inside the lock. */
  H5Field(H5Dataset records, String name) {
    this.records = records;
    this.name = name;
    this.type = withMember(H5Types::of);
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public double[] doubles() {
    double[] out = new double[records.count(Double.BYTES)];
    numbers(Native.FLOAT64, MemorySegment.ofArray(out));
    return out;
  }

  @Override
  public long[] longs() {
    long[] out = new long[records.count(Long.BYTES)];
    numbers(type.signed() ? Native.INT64 : Native.UINT64, MemorySegment.ofArray(out));
    return out;
  }

  @Override
  public String[] strings() {
    int count = records.count(type.bytes());
    return Hdf5Lock.guard(
        "Reading field '%s' of %s".formatted(name, records.where()),
        () -> withMember(m -> texts(m, count)));
  }

  private String[] texts(long member, int count) {
    try (Handle memory = record(member, type.bytes());
        Handle space = Space.create(count)) {
      return TextReader.read(
          member, memory.id(), space.id(), count, at -> records.readAll(memory.id(), at));
    }
  }

  private void numbers(Native as, MemorySegment out) {
    if (out.byteSize() == 0) {
      return;
    }
    Hdf5Lock.guard(
        "Reading field '%s' of %s".formatted(name, records.where()),
        () -> {
          try (Handle memory = record(as.id(), as.bytes());
              Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(out.byteSize(), Long.BYTES);
            records.readAll(memory.id(), buffer.address());
            MemorySegment.copy(
                buffer, ValueLayout.JAVA_BYTE, 0, out, ValueLayout.JAVA_BYTE, 0, out.byteSize());
          }
        });
  }

  /** Creates a record type with this field alone. */
  private Handle record(long member, long bytes) {
    Handle record = new Handle(LibHdf5.TYPE_CREATE.call(H5Types.CLASS_COMPOUND, bytes));
    try (Arena arena = Arena.ofConfined()) {
      LibHdf5.TYPE_INSERT.call(record.id(), arena.allocateFrom(name).address(), 0, member);
    }
    return record;
  }

  private <T> T withMember(LongFunction<T> use) {
    return records.withType(
        record -> {
          try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocateFrom(name).address();
            long index = LibHdf5.TYPE_MEMBER_INDEX.call(record, at);
            try (Handle member = new Handle(LibHdf5.TYPE_MEMBER_TYPE.call(record, index))) {
              return use.apply(member.id());
            }
          }
        });
  }
}
