package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.formats.hierarchy.NewField;
import org.regularizedvi.formats.hierarchy.Storage;

/**
 * Writes records as h5py does, their fields one behind another: texts of variable length, truth
 * values as FALSE and TRUE; inside the lock.
 */
final class RecordWriter {
  private RecordWriter() {}

  static void write(long file, String path, long[] shape, List<NewField> fields) {
    int records = Memory.arrayLength(Memory.elements(shape, path), 1, path);
    int bytes = fields.stream().mapToInt(RecordWriter::bytes).sum();
    try (Arena arena = Arena.ofConfined();
        Handle type = new Handle(LibHdf5.TYPE_CREATE.call(H5Types.CLASS_COMPOUND, bytes))) {
      MemorySegment packed = arena.allocate(Math.max(1, (long) records * bytes), Long.BYTES);
      int at = 0;
      for (NewField field : fields) {
        insert(type, field, at);
        MemorySegment values = values(arena, field);
        int each = bytes(field);
        for (long i = 0; i < records; i++) {
          MemorySegment.copy(values, i * each, packed, i * bytes + at, each);
        }
        at += each;
      }
      try (DatasetWriter writer =
          DatasetWriter.create(file, path, type.id(), shape, Storage.PLAIN)) {
        writer.raw(type.id(), records, packed);
      }
    }
  }

  /** Returns the bytes that a field takes in memory: of a text, those of a pointer to it. */
  private static int bytes(NewField field) {
    return switch (field) {
      case NewField.Numbers(_, ElementType type, _) -> type.bytes();
      case NewField.Texts(_, _) -> (int) ValueLayout.ADDRESS.byteSize();
    };
  }

  private static MemorySegment values(Arena arena, NewField field) {
    return switch (field) {
      case NewField.Numbers(_, _, var values) -> MemorySegment.ofBuffer(values);
      case NewField.Texts(_, var values) -> WriteTypes.pointers(arena, values);
    };
  }

  private static void insert(Handle record, NewField field, int at) {
    switch (field) {
      case NewField.Texts(String name, _) -> {
        try (Handle text = WriteTypes.text()) {
          insert(record, name, at, text.id());
        }
      }
      case NewField.Numbers(String name, ElementType type, _)
          when type.kind() == ElementType.Kind.BOOLEAN -> {
        try (Handle flag = WriteTypes.flag()) {
          insert(record, name, at, flag.id());
        }
      }
      case NewField.Numbers(String name, ElementType type, _) ->
          insert(record, name, at, Native.of(type).id());
    }
  }

  private static void insert(Handle record, String name, int at, long type) {
    try (Arena arena = Arena.ofConfined()) {
      LibHdf5.TYPE_INSERT.call(record.id(), arena.allocateFrom(name).address(), at, type);
    }
  }
}
