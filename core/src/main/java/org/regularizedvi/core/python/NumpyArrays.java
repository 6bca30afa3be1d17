package org.regularizedvi.core.python;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.PandasText;

/**
 * Reads and makes NumPy's arrays as a pickle has them: of one dimension, of Python objects, numbers
 * or text.
 */
final class NumpyArrays {
  private NumpyArrays() {}

  /** {@return the elements as text, numbers as pandas writes them} */
  static List<String> texts(Content array) {
    List<String> texts = new ArrayList<>();
    for (PyValue element : elements(array)) {
      texts.add(
          switch (element) {
            case PyValue.Text(String text) -> text;
            case PyValue.Whole(long number) -> PandasText.of(number, true);
            case PyValue.Real(double number) -> PandasText.of(number, false);
            case PyValue.Truth(boolean truth) -> PandasText.of(truth);
            default -> throw array.expected("an array of names or numbers");
          });
    }
    return texts;
  }

  /** {@return the elements as numbers} */
  static double[] numbers(Content array) {
    List<PyValue> elements = elements(array);
    double[] numbers = new double[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = new Content(elements.get(i), array.source(), array.where()).number();
    }
    return numbers;
  }

  /** {@return a number of NumPy's own} */
  static double scalar(Content scalar) {
    Content type = scalar.argument(PyNames.NUMPY_SCALAR, 0);
    List<PyValue> values = decode(type, bytes(scalar.argument(PyNames.NUMPY_SCALAR, 1)), 1);
    return new Content(values.getFirst(), scalar.source(), scalar.where()).number();
  }

  /** {@return the elements in row-major order, whatever the number of dimensions} */
  static List<PyValue> elements(Content array) {
    Content state = array.stateOf(PyNames.ARRAY);
    double size = 1;
    for (Content length : state.item(1).items()) {
      size *= length.whole();
    }
    Content data = state.item(4);
    if (data.value() instanceof PyValue.Sequence objects) {
      if (objects.items().size() != size) {
        throw array.expected("an array whose shape is that of its elements");
      }
      return objects.items();
    }
    byte[] bytes = bytes(data);
    if (!(size >= 0 && size <= bytes.length)) {
      throw array.expected("an array whose shape is that of its elements");
    }
    return decode(state.item(2), bytes, (int) size);
  }

  private static List<PyValue> decode(Content type, byte[] bytes, int count) {
    String code = type.argument(PyNames.DTYPE, 0).text();
    if (type.stateOf(PyNames.DTYPE).item(1).text().equals(">")) {
      throw type.expected("a little-endian type");
    }
    int width = width(type, code);
    if (bytes.length != (long) width * count) {
      throw type.expected("a type of as many bytes as there are");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<PyValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i * width;
      values.add(
          switch (code) {
            case "b1" -> new PyValue.Truth(bytes[at] != 0);
            case "i1" -> new PyValue.Whole(bytes[at]);
            case "i2" -> new PyValue.Whole(buffer.getShort(at));
            case "i4" -> new PyValue.Whole(buffer.getInt(at));
            case "i8" -> new PyValue.Whole(buffer.getLong(at));
            case "f4" -> new PyValue.Real(buffer.getFloat(at));
            case "f8" -> new PyValue.Real(buffer.getDouble(at));
            default -> new PyValue.Text(fixedText(type, buffer, at, width));
          });
    }
    return values;
  }

  private static int width(Content type, String code) {
    return switch (code) {
      case "b1", "i1" -> 1;
      case "i2" -> 2;
      case "i4", "f4" -> 4;
      case "i8", "f8" -> 8;
      case String text when text.matches("U[1-9][0-9]{0,6}") ->
          4 * Integer.parseInt(text.substring(1));
      default -> throw type.expected("a type of numbers or text");
    };
  }

  /** Reads code points of four bytes, with zeros behind the last one. */
  private static String fixedText(Content type, ByteBuffer buffer, int at, int width) {
    StringBuilder text = new StringBuilder();
    for (int i = at; i < at + width && buffer.getInt(i) != 0; i += 4) {
      if (!Character.isValidCodePoint(buffer.getInt(i))) {
        throw type.expected("a type of text");
      }
      text.appendCodePoint(buffer.getInt(i));
    }
    return text.toString();
  }

  /** Protocol 2 has bytes as Latin-1 text, or as a call when there are none. */
  private static byte[] bytes(Content data) {
    if (data.value() instanceof PyValue.Made made
        && made.is(PyNames.BYTES)
        && made.arguments().items().isEmpty()) {
      return new byte[0];
    }
    String text = data.argument(PyNames.ENCODE, 0).text();
    if (text.chars().anyMatch(c -> c > 0xff)) {
      throw data.expected("bytes");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** {@return an array of Python objects} */
  static PyValue ofObjects(List<? extends PyValue> objects, long... shape) {
    List<PyValue> lengths = new ArrayList<>();
    for (long length : shape) {
      lengths.add(new PyValue.Whole(length));
    }
    return array(new PyValue.Tuple(lengths), type("O8", "|", 63), PyValue.Sequence.of(objects));
  }

  /** {@return an array of names} */
  static PyValue ofTexts(List<String> texts) {
    return ofObjects(texts.stream().map(PyValue.Text::new).toList(), texts.size());
  }

  /** {@return an array of whole numbers} */
  static PyValue ofLongs(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      bytes.putLong(number);
    }
    PyValue data = numbers.length == 0 ? PyValue.Made.call(PyNames.BYTES) : latin1(bytes.array());
    return array(PyValue.Tuple.of(new PyValue.Whole(numbers.length)), type("i8", "<", 0), data);
  }

  private static PyValue array(PyValue shape, PyValue type, PyValue data) {
    return PyValue.Made.call(
            PyNames.ARRAY,
            new PyValue.Named(PyNames.NDARRAY),
            PyValue.Tuple.of(new PyValue.Whole(0)),
            latin1(new byte[] {'b'}))
        .setState(
            PyValue.Tuple.of(new PyValue.Whole(1), shape, type, new PyValue.Truth(false), data));
  }

  private static PyValue latin1(byte[] bytes) {
    return PyValue.Made.call(
        PyNames.ENCODE,
        new PyValue.Text(new String(bytes, StandardCharsets.ISO_8859_1)),
        new PyValue.Text("latin1"));
  }

  /** {@return a type by its code, byte order and NumPy's flags for it} */
  private static PyValue type(String code, String order, int flags) {
    PyValue none = new PyValue.Nothing();
    PyValue own = new PyValue.Whole(-1);
    return PyValue.Made.call(
            PyNames.DTYPE,
            new PyValue.Text(code),
            new PyValue.Truth(false),
            new PyValue.Truth(true))
        .setState(
            PyValue.Tuple.of(
                new PyValue.Whole(3),
                new PyValue.Text(order),
                none,
                none,
                none,
                own,
                own,
                new PyValue.Whole(flags)));
  }
}
