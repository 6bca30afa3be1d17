package org.regularizedvi.formats.tenx;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a stream on a thread of its own, one piece ahead, so that it is decompressed while what
 * came before is used. What fails there fails here, after everything before it has been given.
 */
final class ReadAhead extends InputStream {
  private static final int PIECE_BYTES = 1 << 18;

  private final InputStream in;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("read-ahead").factory());

  /** Two pieces take turns: one is filled while the other is used. */
  private byte[] filling = new byte[PIECE_BYTES];

  private byte[] resting = new byte[PIECE_BYTES];

  /** Why the stream broke off behind the last piece that was filled. */
  private Optional<IOException> failure = Optional.empty();

  private Future<Piece> coming;
  private Piece piece = new Piece(new byte[0], 0);
  private int at;

  /** Holds bytes, none at the end of the stream. */
  private record Piece(byte[] bytes, int length) {}

  /**
   * Begins to read.
   *
   * @param in the stream, which is closed with this
   */
  ReadAhead(InputStream in) {
    this.in = in;
    this.coming = worker.submit(this::fill);
  }

  /** Fills a piece; on the worker. */
  private Piece fill() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    byte[] bytes = filling;
    filling = resting;
    resting = bytes;
    int length = 0;
    try {
      for (int n = 0; n >= 0 && length < bytes.length; length += Math.max(0, n)) {
        n = in.read(bytes, length, bytes.length - length);
      }
    } catch (IOException e) {
      if (length == 0) {
        throw e;
      }
      failure = Optional.of(e);
    }
    return new Piece(bytes, length);
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : piece.bytes[at++] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (isAtEnd()) {
      return -1;
    }
    int n = Math.min(length, piece.length - at);
    System.arraycopy(piece.bytes, at, to, offset, n);
    at += n;
    return n;
  }

  /** Takes the next piece where this one is used up, and has another filled. */
  private boolean isAtEnd() throws IOException {
    if (at < piece.length) {
      return false;
    }
    piece = next();
    at = 0;
    if (piece.length == 0) {
      return true;
    }
    coming = worker.submit(this::fill);
    return false;
  }

  private Piece next() throws IOException {
    try {
      return coming.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading was interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        default -> throw new IllegalStateException("Filling throws nothing else", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    worker.close();
    in.close();
  }
}
