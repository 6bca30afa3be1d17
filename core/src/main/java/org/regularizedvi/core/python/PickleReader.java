package org.regularizedvi.core.python;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.input.InputException;

/**
 * Reads a pickle of protocol 2, which PyTorch writes, as data: nothing is called and nothing is
 * imported. An opcode or a name that saved models do not have is refused by its name.
 *
 * <p>Every opcode adds to memory what it takes of the file at most, so that a file cannot ask for
 * more than a small multiple of its length. Source: CPython's Lib/pickletools.py.
 */
final class PickleReader {
  private static final int LONGEST_NAME = 200;

  private final String source;
  private final ByteBuffer bytes;
  private final List<PyValue> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, PyValue> memo = new HashMap<>();

  private PickleReader(byte[] pickle, String source) {
    this.source = source;
    this.bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns what a pickle says.
   *
   * @param source what to call it in messages
   * @throws InputException when it is cut short or malformed, or has what it may not have
   */
  static PyValue read(byte[] pickle, String source) {
    return new PickleReader(pickle, source).read();
  }

  private PyValue read() {
    try {
      while (true) {
        int opcode = bytes.get() & 0xff;
        if (opcode == '.') {
          PyValue result = pop();
          if (!stack.isEmpty() || !marks.isEmpty()) {
            throw damaged("values are left over at its end");
          }
          return result;
        }
        execute(opcode);
      }
    } catch (BufferUnderflowException e) {
      throw new InputException("%s: its pickle is cut short.".formatted(source), e);
    }
  }

  private void execute(int opcode) {
    switch (opcode) {
      case 0x80 -> protocol();
      case '(' -> marks.push(stack.size());
      case 'N' -> push(new PyValue.Nothing());
      case 0x88 -> push(new PyValue.Truth(true));
      case 0x89 -> push(new PyValue.Truth(false));
      case 'J' -> push(new PyValue.Whole(bytes.getInt()));
      case 'K' -> push(new PyValue.Whole(bytes.get() & 0xff));
      case 'M' -> push(new PyValue.Whole(bytes.getShort() & 0xffff));
      case 0x8a -> push(new PyValue.Whole(longInteger()));
      case 'G' ->
          push(new PyValue.Real(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()))));
      case 'X' -> push(new PyValue.Text(text(bytes.getInt())));
      case ']' -> push(new PyValue.Sequence());
      case '}' -> push(new PyValue.Dict());
      case ')' -> push(PyValue.Tuple.of());
      case 't' -> push(new PyValue.Tuple(popToMark()));
      case 0x85 -> push(new PyValue.Tuple(popped(1)));
      case 0x86 -> push(new PyValue.Tuple(popped(2)));
      case 0x87 -> push(new PyValue.Tuple(popped(3)));
      case 'a' -> append(popped(1));
      case 'e' -> append(popToMark());
      case 's' -> setItems(popped(2));
      case 'u' -> setItems(popToMark());
      case 'c' -> push(global());
      case 'R' -> make(false);
      case 0x81 -> make(true);
      case 'b' -> build();
      case 'Q' -> store();
      case 'q' -> memo.put(bytes.get() & 0xff, top());
      case 'r' -> memo.put(bytes.getInt(), top());
      case 'h' -> recall(bytes.get() & 0xff);
      case 'j' -> recall(bytes.getInt());
      default ->
          throw new InputException(
              "%s: its pickle has the opcode 0x%02x at byte %d, which saved models do not have."
                  .formatted(source, opcode, bytes.position() - 1));
    }
  }

  private void protocol() {
    int version = bytes.get();
    if (version != 2) {
      throw new InputException(
          "%s: its pickle is of protocol %d; expected 2, which torch.save writes."
              .formatted(source, version));
    }
  }

  private long longInteger() {
    int length = bytes.get() & 0xff;
    if (length > Long.BYTES) {
      throw damaged("a number has %d bytes".formatted(length));
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      long part = bytes.get();
      value = i == length - 1 ? value | part << 8 * i : value | (part & 0xff) << 8 * i;
    }
    return value;
  }

  private String text(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw damaged("a text of %d bytes does not fit".formatted(Integer.toUnsignedLong(length)));
    }
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(
          "%s: its pickle is damaged before byte %d: a text is not UTF-8."
              .formatted(source, bytes.position()),
          e);
    }
  }

  private PyValue global() {
    String name = line() + " " + line();
    return new PyValue.Named(
        PyNames.known(name)
            .orElseThrow(
                () ->
                    new InputException(
                        "%s: its pickle names '%s', which no saved model needs; it was not loaded."
                            .formatted(source, name))));
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (char c = (char) (bytes.get() & 0xff); c != '\n'; c = (char) (bytes.get() & 0xff)) {
      if (line.length() == LONGEST_NAME || c < ' ' || c > '~') {
        throw damaged("a name is not one of Python");
      }
      line.append(c);
    }
    return line.toString();
  }

  private void make(boolean byNew) {
    List<PyValue> both = popped(2);
    if (!(both.get(0) instanceof PyValue.Named what)
        || !(both.get(1) instanceof PyValue.Tuple arguments)) {
      throw damaged("%s is called with %s".formatted(both.get(0).kind(), both.get(1).kind()));
    }
    push(new PyValue.Made(what, arguments, byNew));
  }

  private void build() {
    PyValue state = pop();
    if (!(top() instanceof PyValue.Made made)) {
      throw damaged("%s is given a state".formatted(top().kind()));
    }
    made.setState(state);
  }

  private void store() {
    if (!(pop() instanceof PyValue.Tuple id)) {
      throw damaged("a storage has no tuple that tells of it");
    }
    push(new PyValue.Stored(id));
  }

  private void append(List<PyValue> items) {
    if (!(top() instanceof PyValue.Sequence list)) {
      throw damaged("%s is appended to".formatted(top().kind()));
    }
    list.items().addAll(items);
  }

  private void setItems(List<PyValue> items) {
    List<PyValue.Entry> entries =
        switch (top()) {
          case PyValue.Dict dict -> dict.entries();
          case PyValue.Made made
              when made.is(PyNames.ORDERED_DICT) || made.is(PyNames.DEFAULT_DICT) ->
              made.entries();
          case PyValue other -> throw damaged("%s is given keys".formatted(other.kind()));
        };
    if (items.size() % 2 != 0) {
      throw damaged("a key has no value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      entries.add(new PyValue.Entry(items.get(i), items.get(i + 1)));
    }
  }

  private void recall(int place) {
    PyValue value = memo.get(place);
    if (value == null) {
      throw damaged("it refers to a value %d that it does not have".formatted(place));
    }
    push(value);
  }

  private void push(PyValue value) {
    stack.add(value);
  }

  /** {@return the last value above the last mark} */
  private PyValue top() {
    requireAboveMark(1);
    return stack.getLast();
  }

  private PyValue pop() {
    requireAboveMark(1);
    return stack.removeLast();
  }

  private List<PyValue> popped(int count) {
    requireAboveMark(count);
    return cut(stack.size() - count);
  }

  private List<PyValue> popToMark() {
    if (marks.isEmpty()) {
      throw damaged("a mark is missing");
    }
    return cut(marks.pop());
  }

  private List<PyValue> cut(int from) {
    List<PyValue> tail = stack.subList(from, stack.size());
    List<PyValue> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  private void requireAboveMark(int count) {
    int floor = marks.isEmpty() ? 0 : marks.peek();
    if (stack.size() - floor < count) {
      throw damaged("a value is missing");
    }
  }

  private InputException damaged(String what) {
    return new InputException(
        "%s: its pickle is damaged before byte %d: %s.".formatted(source, bytes.position(), what));
  }
}
