package org.regularizedvi.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM and SIGINT into a question that training asks after every step: while this is open,
 * the process waits with its end until it is closed, and then ends with the signal's own exit code,
 * 143 or 130.
 */
final class Interruption implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean asked;

  /** Listens from now on. */
  Interruption(Console console) {
    hook =
        new Thread(
            () -> {
              console.say("stopping after this step");
              asked = true;
              waitForClose();
            },
            "regularizedvi-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void waitForClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return whether the process has been asked to end} */
  boolean asked() {
    return asked;
  }

  /** Lets the process end, or no longer listens. */
  @Override
  public void close() {
    closed.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        asked = true; // the signal came just now: the hook runs and waits for nothing
      }
    }
  }
}
