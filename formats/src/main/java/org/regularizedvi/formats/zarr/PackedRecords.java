package org.regularizedvi.formats.zarr;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.formats.hierarchy.NewField;

/**
 * Lays records out as NumPy does: their fields one behind another, texts in UTF-32, each with room
 * for the longest of its field.
 */
final class PackedRecords {
  private PackedRecords() {}

  /** {@return what a record holds of a field} */
  static NewArray.Member member(NewField field) {
    return switch (field) {
      case NewField.Numbers(String name, ElementType type, _) -> new NewArray.Member(name, type);
      case NewField.Texts(String name, String[] values) -> {
        long longest =
            Arrays.stream(values).mapToLong(text -> text.codePoints().count()).max().orElse(0);
        int bytes = Memory.arrayLength(Math.max(1, longest) * Integer.BYTES, 1, "A text");
        yield new NewArray.Member(name, new ElementType(ElementType.Kind.TEXT, bytes, true));
      }
    };
  }

  /** {@return all records of an array, row by row} */
  static byte[] of(List<NewField> fields, NewArray array) {
    int each = array.type().bytes();
    long all = Math.multiplyExact(array.values(), each);
    byte[] packed = new byte[Memory.arrayLength(all, 1, "An array of records")];
    int at = 0;
    for (int i = 0; i < fields.size(); i++) {
      int bytes = array.members().get(i).type().bytes();
      for (int start = at; start < packed.length; start += each) {
        ByteBuffer to =
            ByteBuffer.wrap(packed, start, bytes).slice().order(ByteOrder.nativeOrder());
        put(fields.get(i), start / each, to);
      }
      at += bytes;
    }
    return packed;
  }

  private static void put(NewField field, int record, ByteBuffer to) {
    switch (field) {
      case NewField.Numbers(_, _, Buffer values) -> ChunkWriter.put(values, record, 1, to);
      case NewField.Texts(_, String[] values) ->
          values[record].codePoints().forEachOrdered(to::putInt);
    }
  }
}
