package org.regularizedvi.formats.hdf5;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.regularizedvi.input.InputException;

/** Is the one lock around every use of libhdf5, which this build of it does not have itself. */
final class Hdf5Lock {
  private static final ReentrantLock LOCK = new ReentrantLock();

  private Hdf5Lock() {}

  /**
   * Runs a sequence of calls alone.
   *
   * @param doing what is being done to which object of which file, as the start of a message
   * @throws InputException when the library refuses, with its reasons
   */
  static <T> T guard(String doing, Supplier<T> calls) {
    LOCK.lock();
    try {
      return calls.get();
    } catch (Hdf5Exception e) {
      throw new InputException(doing + " failed: " + e.reason() + ".", e);
    } finally {
      LOCK.unlock();
    }
  }

  static void guard(String doing, Runnable calls) {
    guard(
        doing,
        () -> {
          calls.run();
          return doing;
        });
  }

  static void requireHeld() {
    if (!LOCK.isHeldByCurrentThread()) {
      throw new IllegalStateException("libhdf5 called outside its lock");
    }
  }
}
