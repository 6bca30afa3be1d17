package org.regularizedvi.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Turns SIGTERM and SIGINT into a call, and into a question that may be asked at any time: while
 * this is open, the process waits with its end until it is closed, and then ends with the signal's
 * own exit code, 143 or 130.
 */
public final class Interruption implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final BooleanSupplier leave;
  private volatile boolean asked;

  /** Runs hooks when the process is told to end, and waits for them. */
  public interface Signal {
    /**
     * {@return what takes the hook away again, and says false when the process has begun to end}
     *
     * @param hook is added
     */
    BooleanSupplier add(Runnable hook);
  }

  /**
   * Listens from now on.
   *
   * @param signal of the process
   * @param call is made when the process is told to end, before {@link #asked} says so
   */
  public Interruption(Signal signal, Runnable call) {
    this.leave =
        signal.add(
            () -> {
              call.run();
              asked = true;
              waitForClose();
            });
  }

  private void waitForClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return whether the process has been asked to end} */
  public boolean asked() {
    return asked;
  }

  /** Lets the process end, or no longer listens. */
  @Override
  public void close() {
    closed.countDown();
    if (!asked && !leave.getAsBoolean()) {
      asked = true; // the signal came just now: the hook runs and waits for nothing
    }
  }
}
