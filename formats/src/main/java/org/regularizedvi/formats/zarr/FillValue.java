package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.regularizedvi.formats.hierarchy.ElementType;

/**
 * Reads the value that stands for what was never written. Where version 2 says null, anything may;
 * zero and the empty text are taken.
 */
final class FillValue {
  private static final String NAME = "fill_value";
  private static final int HEX = 16;

  private FillValue() {}

  static Elements of(Fields metadata, ElementFormat format) {
    return new Elements.Same(one(metadata, format));
  }

  private static Elements one(Fields metadata, ElementFormat format) {
    return switch (format) {
      case ElementFormat.Numeric(ElementType type) ->
          new Numbers(bits(metadata, type), ByteOrder.LITTLE_ENDIAN, type);
      case ElementFormat.Varying() -> new Texts(text(metadata));
      case ElementFormat.Utf32(_) -> new Texts(text(metadata));
      case ElementFormat.Padded(_) -> padded(metadata);
      case ElementFormat.FieldOf field -> ofField(metadata, field);
      case ElementFormat.Record(_, _), ElementFormat.Unread(_, _) -> new Texts("");
    };
  }

  /** {@return a field of a record, which is bytes in base64 or an object of values by field} */
  private static Elements ofField(Fields metadata, ElementFormat.FieldOf format) {
    ElementFormat own = format.field().format();
    JsonNode record = metadata.get(NAME);
    if (record.isTextual() && own.isRead()) {
      byte[] bytes = base64(metadata);
      if (bytes.length != format.bytes()) {
        throw metadata.unexpected(NAME, "%d bytes in base64".formatted(format.bytes()));
      }
      return format.elements(bytes, ByteOrder.LITTLE_ENDIAN, 1);
    }
    ObjectNode alone = JsonNodeFactory.instance.objectNode();
    alone.set(NAME, record.path(format.field().name()));
    return one(new Fields(alone, metadata.where()), own);
  }

  /** {@return a number as eight bytes of which the first are its own} */
  private static byte[] bits(Fields metadata, ElementType type) {
    long bits =
        type.kind() == ElementType.Kind.FLOAT
            ? realBits(metadata, type.bytes())
            : whole(metadata, type);
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(bits).array();
  }

  private static long whole(Fields metadata, ElementType type) {
    JsonNode value = metadata.get(NAME);
    if (value.isMissingNode() || value.isBoolean()) {
      return value.asInt();
    }
    double real = value.doubleValue();
    boolean whole = value.isIntegralNumber() || value.isNumber() && real == Math.rint(real);
    BigInteger exact =
        value.isIntegralNumber() ? value.bigIntegerValue() : BigInteger.valueOf((long) real);
    int bits = type.bytes() * Byte.SIZE;
    boolean fits =
        type.signed() ? exact.bitLength() < bits : exact.signum() >= 0 && exact.bitLength() <= bits;
    if (!whole || !fits) {
      throw metadata.unexpected(NAME, "a value of " + type.describe());
    }
    return exact.longValue();
  }

  private static long realBits(Fields metadata, int bytes) {
    JsonNode value = metadata.get(NAME);
    if (value.isTextual() && value.textValue().matches("0x[0-9a-fA-F]{%d}".formatted(2 * bytes))) {
      return Long.parseUnsignedLong(value.textValue().substring(2), HEX);
    }
    double real =
        switch (value.asText()) {
          case "NaN" -> Double.NaN;
          case "Infinity" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          default -> {
            if (!value.isNumber() && !value.isMissingNode()) {
              throw metadata.unexpected(NAME, "a value of float" + bytes * Byte.SIZE);
            }
            yield value.doubleValue();
          }
        };
    return switch (bytes) {
      case Short.BYTES -> Float.floatToFloat16((float) real);
      case Float.BYTES -> Float.floatToRawIntBits((float) real);
      default -> Double.doubleToRawLongBits(real);
    };
  }

  private static String text(Fields metadata) {
    JsonNode value = metadata.get(NAME);
    boolean zero = value.isNumber() && value.doubleValue() == 0;
    return value.isMissingNode() || zero ? "" : metadata.text(NAME);
  }

  private static Texts padded(Fields metadata) {
    byte[] bytes = base64(metadata);
    return Texts.padded(bytes, 1, bytes.length);
  }

  private static byte[] base64(Fields metadata) {
    try {
      return Base64.getDecoder().decode(text(metadata));
    } catch (IllegalArgumentException e) {
      throw metadata.unexpected(NAME, "bytes in base64");
    }
  }
}
