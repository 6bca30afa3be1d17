package org.regularizedvi.bench.kernel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Writes random 32-bit words of {@link CounterRandom} without end to standard output,
 * little-endian, for batteries of statistical tests; docs/random-tests.md says how and with what
 * result.
 *
 * <p>Arguments: order, seed. The order names the part of the position that runs fastest: {@code
 * columns} (as the kernel draws: 20,000 columns of 1,024 rows, then the next step), {@code rows},
 * {@code steps} or {@code seeds}.
 */
public final class RandomStream {
  private static final int COLUMNS = 20_000;
  private static final int ROWS = 1024;
  private static final int PURPOSE = 1;

  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int filled;

  private RandomStream(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes words until the reader closes the pipe.
   *
   * @param args order and seed, see the class
   * @throws IOException when the reader closes the pipe
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("expected: columns|rows|steps|seeds SEED");
    }
    new RandomStream(new FileOutputStream(FileDescriptor.out)).write(args[0], Long.decode(args[1]));
  }

  private void write(String order, long seed) throws IOException {
    CounterRandom random = new CounterRandom(seed);
    for (long outer = 0; ; outer++) {
      switch (order) {
        case "columns" -> {
          for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
              put(random.word(PURPOSE, outer, row, column));
            }
          }
        }
        case "rows" -> {
          for (int column = 0; column < COLUMNS; column++) {
            for (int row = 0; row < ROWS; row++) {
              put(random.word(PURPOSE, outer, row, column));
            }
          }
        }
        case "steps" -> {
          for (int step = 0; step < 4096; step++) {
            put(random.word(PURPOSE, step, outer / COLUMNS, (int) (outer % COLUMNS)));
          }
        }
        case "seeds" -> {
          CounterRandom next = new CounterRandom(seed + outer);
          for (int column = 0; column < 64; column++) {
            put(next.word(PURPOSE, 0, 0, column));
          }
        }
        default -> throw new IllegalArgumentException("order: found " + order);
      }
    }
  }

  private void put(int word) throws IOException {
    buffer[filled++] = (byte) word;
    buffer[filled++] = (byte) (word >>> 8);
    buffer[filled++] = (byte) (word >>> 16);
    buffer[filled++] = (byte) (word >>> 24);
    if (filled == buffer.length) {
      out.write(buffer);
      filled = 0;
    }
  }
}
