package org.regularizedvi.cells.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.regularizedvi.input.InputException;

/**
 * Is the open file of a store. Any thread may read, and several at the same time.
 *
 * @param channel the file; not to be used by a thread that others interrupt, as that closes it
 * @param where names the file for a message
 */
record StoreFile(FileChannel channel, String where) {
  /**
   * Fills a buffer up to its limit, and flips it.
   *
   * @param buffer takes the bytes
   * @param at the place of the first one
   * @throws Damage when the file ends before
   */
  void read(ByteBuffer buffer, long at) throws IOException {
    for (long from = at; buffer.hasRemaining(); ) {
      int read = channel.read(buffer, from);
      if (read < 0) {
        throw new Damage("it ends early");
      }
      from += read;
    }
    buffer.flip();
  }

  /**
   * Writes a buffer up to its limit.
   *
   * @param buffer has the bytes
   * @param at the place of the first one
   */
  void write(ByteBuffer buffer, long at) throws IOException {
    for (long from = at; buffer.hasRemaining(); ) {
      from += channel.write(buffer, from);
    }
  }

  /**
   * {@return the sentence for a user whose store is damaged or on a failing disk}
   *
   * @param e what happened
   */
  InputException failed(IOException e) {
    return new InputException(
        e instanceof Damage
            ? "The counts kept in %s are damaged: %s; expected them as they were written."
                .formatted(where, e.getMessage())
            : "Cannot read the counts kept in %s: %s".formatted(where, e.getMessage()),
        e);
  }
}
