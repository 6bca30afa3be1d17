package org.regularizedvi.spark.training;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what is printed, a line at a time. */
final class LineStream extends OutputStream {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<String> reader;

  private LineStream(Consumer<String> reader) {
    this.reader = reader;
  }

  /**
   * {@return a stream for what is printed}
   *
   * @param reader gets each line that is whole, without its end
   */
  static PrintStream to(Consumer<String> reader) {
    return new PrintStream(new LineStream(reader), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int octet) {
    if (octet == '\n') {
      reader.accept(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else {
      line.write(octet);
    }
  }
}
