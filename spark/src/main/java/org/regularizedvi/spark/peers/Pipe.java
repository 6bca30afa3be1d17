package org.regularizedvi.spark.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.protocol.OneWayMessage;
import org.apache.spark.network.protocol.RpcRequest;

/**
 * Sends bytes to one other worker, and receives bytes from it in their order. Where messages begin
 * and end has no meaning.
 */
final class Pipe {
  /** Spark's transport copies longer messages once more on their way in. */
  private static final long MESSAGE_BYTES = 1 << 19;

  /** What became of a worker whose connection is closed, as the end of a sentence. */
  static final String ENDED = "has ended";

  private static final long LOOK_SECONDS = 1;

  /** Says that nothing more will come: from a worker that has ended, or as nobody waits for it. */
  static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param what became of the worker, as the end of a sentence
     */
    EndedException(String what) {
      super(what);
    }
  }

  private final int rank;
  private final Patience patience;
  private final Consumer<String> whenEnded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What has come before anybody waited for it. */
  private final Deque<MemorySegment> early = new ArrayDeque<>();

  private Optional<Channel> channel = Optional.empty();
  private Optional<String> end = Optional.empty();

  /** What is left to fill of the piece that is waited for; empty while none is. */
  private MemorySegment wanted = MemorySegment.NULL;

  /**
   * Makes a pipe that is not connected yet.
   *
   * @param rank the other worker's place among all
   * @param patience says how long to wait
   * @param whenEnded is told what became of the other worker, on the transport's thread
   */
  Pipe(int rank, Patience patience, Consumer<String> whenEnded) {
    this.rank = rank;
    this.patience = patience;
    this.whenEnded = whenEnded;
  }

  /** {@return the other worker's place among all} */
  int rank() {
    return rank;
  }

  /**
   * Takes a connection.
   *
   * @return false when there is one already
   */
  boolean connect(Channel to) {
    lock.lock();
    try {
      if (channel.isPresent()) {
        return false;
      }
      channel = Optional.of(to);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the other worker has connected itself.
   *
   * @param millis as long as that, at most
   */
  void awaitConnection(long millis) {
    long start = System.nanoTime();
    lock.lock();
    try {
      await(
          () -> {
            if (channel.isEmpty() && System.nanoTime() - start > millis * 1_000_000) {
              throw new EndedException("has not come within %d s".formatted(millis / 1000));
            }
            return channel.isPresent();
          });
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins to send a piece.
   *
   * @param piece stays as it is until the future is done
   * @return done when the last of it has left, or never will
   */
  Optional<ChannelFuture> send(MemorySegment piece) {
    Channel to = connected();
    Optional<ChannelFuture> last = Optional.empty();
    for (long at = 0; at < piece.byteSize(); at += MESSAGE_BYTES) {
      ByteBuffer part =
          piece.asSlice(at, Math.min(MESSAGE_BYTES, piece.byteSize() - at)).asByteBuffer();
      last = Optional.of(to.write(new OneWayMessage(new NioManagedBuffer(part))));
    }
    to.flush();
    return last;
  }

  private Channel connected() {
    lock.lock();
    try {
      return channel.orElseThrow();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until what {@link #send} has begun is done. */
  void await(ChannelFuture sent) {
    try {
      while (!sent.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        requirePatience();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (!sent.isSuccess()) {
      throw new EndedException(end().orElse("cannot be sent to: " + sent.cause()));
    }
  }

  /**
   * Receives a piece.
   *
   * @param piece takes it
   * @throws EndedException when the worker ends before it has come
   */
  void receive(MemorySegment piece) {
    lock.lock();
    try {
      wanted = piece;
      while (wanted.byteSize() > 0 && !early.isEmpty()) {
        MemorySegment rest = fill(early.remove());
        if (rest.byteSize() > 0) {
          early.addFirst(rest);
        }
      }
      await(() -> wanted.byteSize() == 0);
    } finally {
      wanted = MemorySegment.NULL;
      lock.unlock();
    }
  }

  /**
   * Takes what has come, on the transport's own thread.
   *
   * @param message is not read after that
   */
  void arrived(ByteBuffer message) {
    lock.lock();
    try {
      MemorySegment rest = fill(MemorySegment.ofBuffer(message));
      if (rest.byteSize() > 0) {
        early.add(MemorySegment.ofArray(new byte[(int) rest.byteSize()]).copyFrom(rest));
      }
      if (wanted.byteSize() == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Copies what fits into the piece that is waited for, and returns the rest. */
  private MemorySegment fill(MemorySegment bytes) {
    long fits = Math.min(bytes.byteSize(), wanted.byteSize());
    MemorySegment.copy(bytes, 0, wanted, 0, fits);
    wanted = wanted.asSlice(fits);
    return bytes.asSlice(fits);
  }

  /**
   * Is told that nothing more will come.
   *
   * @param what became of the worker, as the end of a sentence
   */
  void ended(String what) {
    lock.lock();
    try {
      if (end.isEmpty()) {
        end = Optional.of(what);
        whenEnded.accept(what);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** {@return what became of the worker, as the end of a sentence; empty while it is there} */
  Optional<String> end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells the other worker which one was lost, if it is still there, and closes the connection.
   *
   * @param lost the rank of the worker that was lost
   */
  void closeFor(int lost) {
    if (end().isEmpty()) {
      connected().writeAndFlush(new RpcRequest(0, new NioManagedBuffer(Door.words(lost))));
    }
    close();
  }

  /** Closes the connection, and returns when it is closed. */
  void close() {
    Optional<Channel> open;
    lock.lock();
    try {
      open = channel;
    } finally {
      lock.unlock();
    }
    // Without the lock, which the transport's own thread may be waiting for.
    open.ifPresent(own -> own.close().awaitUninterruptibly());
  }

  private interface Wish {
    boolean met();
  }

  private void await(Wish wish) {
    while (!wish.met()) {
      end.ifPresent(
          what -> {
            throw new EndedException(what);
          });
      requirePatience();
      try {
        changed.await(LOOK_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private void requirePatience() {
    if (patience.over()) {
      throw new EndedException("says nothing, and Spark wants this task to end");
    }
  }

  static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while waiting for other workers", e);
  }
}
