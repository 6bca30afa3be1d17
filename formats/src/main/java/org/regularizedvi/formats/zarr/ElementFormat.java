package org.regularizedvi.formats.zarr;

import java.nio.ByteOrder;
import java.util.List;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.ElementType.Kind;

/** Says how a chunk lays out its elements before they are compressed. */
sealed interface ElementFormat {
  /** The number that elements of no fixed size have as their number of bytes. */
  int ANY = -1;

  ElementType type();

  /** {@return the bytes of an element, {@link #ANY} where they differ from one to the next} */
  int bytes();

  /** {@return whether elements can be decoded} */
  default boolean isRead() {
    return type().numeric() || type().kind() == Kind.TEXT;
  }

  /**
   * Decodes elements.
   *
   * @throws DamagedChunk when the bytes do not hold so many
   */
  Elements elements(byte[] bytes, ByteOrder order, int count);

  /** Numbers and truth values, at their natural size. */
  record Numeric(ElementType type) implements ElementFormat {
    static Numeric of(Kind kind, int bytes, boolean signed) {
      return new Numeric(new ElementType(kind, bytes, signed));
    }

    @Override
    public int bytes() {
      return type.bytes();
    }

    @Override
    public Elements elements(byte[] bytes, ByteOrder order, int count) {
      return new Numbers(bytes, order, type);
    }
  }

  /** Texts of a fixed number of code points, four bytes each. */
  record Utf32(int bytes) implements ElementFormat {
    @Override
    public ElementType type() {
      return new ElementType(Kind.TEXT, bytes, true);
    }

    @Override
    public Elements elements(byte[] encoded, ByteOrder order, int count) {
      return Texts.utf32(encoded, order, count, bytes);
    }
  }

  /** Texts of a fixed number of bytes. */
  record Padded(int bytes) implements ElementFormat {
    @Override
    public ElementType type() {
      return new ElementType(Kind.TEXT, bytes, true);
    }

    @Override
    public Elements elements(byte[] encoded, ByteOrder order, int count) {
      return Texts.padded(encoded, count, bytes);
    }
  }

  /** Texts of any length. */
  record Varying() implements ElementFormat {
    @Override
    public ElementType type() {
      return new ElementType(Kind.TEXT, Long.BYTES, true);
    }

    @Override
    public int bytes() {
      return ANY;
    }

    @Override
    public Elements elements(byte[] bytes, ByteOrder order, int count) {
      return Texts.varying(bytes, count);
    }
  }

  /** Records, which are read field by field. */
  record Record(List<RecordField> fields, int bytes) implements ElementFormat {
    public Record {
      fields = List.copyOf(fields);
    }

    @Override
    public ElementType type() {
      return new ElementType(Kind.COMPOUND, bytes, true);
    }

    @Override
    public Elements elements(byte[] encoded, ByteOrder order, int count) {
      throw new IllegalStateException("Records are read field by field");
    }
  }

  /**
   * One field of records.
   *
   * @param bytes of a whole record
   */
  record FieldOf(RecordField field, int bytes) implements ElementFormat {
    @Override
    public ElementType type() {
      return field.format().type();
    }

    @Override
    public Elements elements(byte[] encoded, ByteOrder order, int count) {
      int each = field.format().bytes();
      byte[] gathered = new byte[count * each];
      for (int i = 0; i < count; i++) {
        System.arraycopy(encoded, i * bytes + field.offset(), gathered, i * each, each);
      }
      return field.format().elements(gathered, field.order().orElse(order), count);
    }
  }

  /** Names something that is known by name but never read. */
  record Unread(Kind kind, int bytes) implements ElementFormat {
    @Override
    public ElementType type() {
      return new ElementType(kind, bytes, true);
    }

    @Override
    public Elements elements(byte[] encoded, ByteOrder order, int count) {
      throw new IllegalStateException("Elements of this type are not read");
    }
  }
}
