package org.regularizedvi.core.python;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a pickle of protocol 2; every value stands where it is used, none is referred to. */
final class PickleWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private PickleWriter() {}

  static byte[] write(PyValue value) {
    PickleWriter writer = new PickleWriter();
    try {
      writer.out.writeByte(0x80);
      writer.out.writeByte(2);
      writer.put(value);
      writer.out.writeByte('.');
      writer.out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory", e);
    }
    return writer.bytes.toByteArray();
  }

  private void put(PyValue value) throws IOException {
    switch (value) {
      case PyValue.Nothing _ -> out.writeByte('N');
      case PyValue.Truth(boolean truth) -> out.writeByte(truth ? 0x88 : 0x89);
      case PyValue.Whole(long number) -> whole(number);
      case PyValue.Real(double number) -> {
        out.writeByte('G');
        out.writeDouble(number);
      }
      case PyValue.Text(String text) -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('X');
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
      }
      case PyValue.Named(String name) -> {
        out.writeByte('c');
        out.write((name.replace(' ', '\n') + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      case PyValue.Stored(PyValue.Tuple id) -> {
        put(id);
        out.writeByte('Q');
      }
      case PyValue.Tuple tuple -> marked(tuple.items(), 't');
      case PyValue.Sequence list -> {
        out.writeByte(']');
        marked(list.items(), 'e');
      }
      case PyValue.Dict dict -> {
        out.writeByte('}');
        entries(dict.entries());
      }
      case PyValue.Made made -> made(made);
    }
  }

  private void whole(long number) throws IOException {
    if (number == (int) number) {
      out.writeByte('J');
      out.writeInt(Integer.reverseBytes((int) number));
    } else {
      out.writeByte(0x8a);
      out.writeByte(Long.BYTES);
      out.writeLong(Long.reverseBytes(number));
    }
  }

  private void marked(List<PyValue> items, char opcode) throws IOException {
    out.writeByte('(');
    for (PyValue item : items) {
      put(item);
    }
    out.writeByte(opcode);
  }

  private void entries(List<PyValue.Entry> entries) throws IOException {
    out.writeByte('(');
    for (PyValue.Entry entry : entries) {
      put(entry.key());
      put(entry.value());
    }
    out.writeByte('u');
  }

  private void made(PyValue.Made made) throws IOException {
    put(made.what());
    put(made.arguments());
    out.writeByte(made.byNew() ? 0x81 : 'R');
    if (!made.entries().isEmpty()) {
      entries(made.entries());
    }
    if (made.state().isPresent()) {
      put(made.state().get());
      out.writeByte('b');
    }
  }
}
