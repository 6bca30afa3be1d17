package org.regularizedvi.formats.tenx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import org.regularizedvi.input.InputException;

/**
 * Reads the entries of a sparse Matrix Market file one after another, in the file's order, from its
 * bytes. See <a href="https://math.nist.gov/MatrixMarket/formats.html">the format</a>.
 */
final class MtxReader implements AutoCloseable {
  private static final int BUFFER = 1 << 20;
  private static final int END = -1;
  private static final int LONGEST_LINE = 1 << 20;

  /** The most of a wrong line that a message shows. */
  private static final int SHOWN = 80;

  /** Decimal digits of which every number is exact in a double. */
  private static final int EXACT_DIGITS = 15;

  private final Path file;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;

  /** The line that is being read, counted from 1. */
  private long line = 1;

  private final boolean pattern;
  private final long rows;
  private final long columns;
  private final long entries;
  private long done;
  private int row;
  private int column;
  private double value;

  private MtxReader(Path file, InputStream in) throws IOException {
    this.file = file;
    this.in = in;
    this.pattern = banner(line());
    String sizes = line();
    while (sizes.isBlank() || sizes.startsWith("%")) {
      sizes = line();
    }
    String[] three = sizes.strip().split("\\s+");
    if (three.length != 3) {
      throw wrongHeader("have three sizes (rows, columns, entries)", sizes);
    }
    try {
      this.rows = Long.parseLong(three[0]);
      this.columns = Long.parseLong(three[1]);
      this.entries = Long.parseLong(three[2]);
    } catch (NumberFormatException e) {
      throw wrongHeader("have three sizes (rows, columns, entries)", sizes);
    }
    if (rows < 0 || columns < 0 || entries < 0 || Math.max(rows, columns) > Integer.MAX_VALUE - 8) {
      throw wrongHeader("have sizes from 0 to 2^31", sizes);
    }
  }

  /**
   * Opens a file and reads its sizes.
   *
   * @throws InputException when it is no sparse matrix of numbers in this format, or cannot be read
   */
  static MtxReader open(Path file) {
    try {
      InputStream in = new ReadAhead(Plain.open(file));
      try {
        return new MtxReader(file, in);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw Plain.failed(file, e);
    }
  }

  /** Tells whether entries have no values, and are ones. */
  private boolean banner(String first) {
    String[] words = first.strip().toLowerCase(Locale.ROOT).split("\\s+");
    boolean sparse =
        words.length == 5
            && words[0].equals("%%matrixmarket")
            && words[1].equals("matrix")
            && words[2].equals("coordinate")
            && words[4].equals("general");
    if (!sparse || !words[3].matches("integer|real|pattern")) {
      throw wrongHeader(
          "begin with '%%MatrixMarket matrix coordinate integer general' (or real, or pattern)",
          first);
    }
    return words[3].equals("pattern");
  }

  long rows() {
    return rows;
  }

  long columns() {
    return columns;
  }

  /** Returns how many entries the file says that it has. */
  long entries() {
    return entries;
  }

  /** {@return the row of the entry that was read, counted from 0} */
  int row() {
    return row;
  }

  /** {@return the column of the entry that was read, counted from 0} */
  int column() {
    return column;
  }

  double value() {
    return value;
  }

  /**
   * Reads the next entry.
   *
   * @return false at the end
   * @throws InputException when a line is no entry, or there are more or fewer of them than the
   *     file says
   */
  boolean next() {
    try {
      int b = beginning();
      if (done == entries || b == END) {
        requireEnd(b);
        return false;
      }
      row = index(b, rows, "row");
      column = index(skipBlanks(), columns, "column");
      value = pattern ? 1 : number(skipBlanks());
      if (!ends(skipBlanks())) {
        throw wrong("has more than one entry");
      }
      line++;
      done++;
      return true;
    } catch (IOException e) {
      throw Plain.failed(file, e);
    }
  }

  private void requireEnd(int b) {
    if (b != END) {
      throw new InputException(
          "%s goes on after the %,d entries that it says it has, in line %,d."
              .formatted(file, entries, line));
    }
    if (done < entries) {
      throw new InputException(
          "%s is cut off: it says that it has %,d entries, but ends after %,d."
              .formatted(file, entries, done));
    }
  }

  /** {@return the first byte of the next entry, past empty lines and comments} */
  private int beginning() throws IOException {
    for (int b = skipBlanks(); ; b = skipBlanks()) {
      while (b == '%') {
        line();
        b = skipBlanks();
      }
      if (b != '\n') {
        return b;
      }
      line++;
    }
  }

  private int index(int first, long size, String axis) throws IOException {
    long index = 0;
    int b = first;
    for (; b >= '0' && b <= '9' && index <= size; b = read()) {
      index = 10 * index + b - '0';
    }
    boolean digits = b != first || index > 0;
    if (!digits || !blank(b) && !ends(b) && index <= size) {
      throw wrong("should be an entry (row, column%s)".formatted(pattern ? "" : ", value"));
    }
    if (index == 0 || index > size) {
      throw new InputException(
          "%s has an entry in %s %s in line %,d; expected 1 to %,d."
              .formatted(file, axis, index == 0 ? "0" : "beyond the last", line, size));
    }
    back(b);
    return (int) index - 1;
  }

  private double number(int first) throws IOException {
    long number = 0;
    int digits = 0;
    int b = first;
    for (; b >= '0' && b <= '9' && digits < EXACT_DIGITS; b = read(), digits++) {
      number = 10 * number + b - '0';
    }
    if (digits > 0 && (blank(b) || ends(b))) {
      back(b);
      return number;
    }
    StringBuilder text = new StringBuilder();
    if (digits > 0) {
      text.append(number);
    }
    for (; !blank(b) && !ends(b); b = read()) {
      text.append((char) b);
    }
    back(b);
    try {
      return Double.parseDouble(text.toString());
    } catch (NumberFormatException e) {
      throw wrong("should end in a number, found '%s'".formatted(text));
    }
  }

  private int skipBlanks() throws IOException {
    int b = read();
    while (blank(b)) {
      b = read();
    }
    return b;
  }

  private static boolean blank(int b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private static boolean ends(int b) {
    return b == '\n' || b == END;
  }

  /** Reads the rest of the line, without its end. */
  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    int b = read();
    for (; !ends(b); b = read()) {
      text.append((char) b);
      if (text.length() > LONGEST_LINE) {
        throw wrongHeader("have lines of text", text.toString());
      }
    }
    if (b == END && text.isEmpty()) {
      throw new InputException("%s ends before its sizes.".formatted(file));
    }
    line++;
    return text.toString();
  }

  private int read() throws IOException {
    if (at == limit) {
      limit = in.read(buffer);
      at = 0;
      if (limit <= 0) {
        limit = 0;
        return END;
      }
    }
    return buffer[at++] & 0xff;
  }

  /** Gives back the byte that was read last. */
  private void back(int b) {
    if (b != END) {
      at--;
    }
  }

  private InputException wrong(String expected) {
    return new InputException("%s is damaged: line %,d %s.".formatted(file, line, expected));
  }

  private InputException wrongHeader(String expected, String found) {
    return new InputException(
        "%s is no matrix of counts: it should %s, found '%s'."
            .formatted(
                file,
                expected,
                found.strip().substring(0, Math.min(SHOWN, found.strip().length()))));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw Plain.failed(file, e);
    }
  }
}
