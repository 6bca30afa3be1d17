package org.regularizedvi.spark.training;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Turns SIGTERM and SIGINT to the driver into a call, and has the process wait with its end, and
 * Spark with its own, until this is closed.
 */
final class DriverSignal implements AutoCloseable {
  /** Before Spark's hook, which ends all executors. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private static final long SECONDS = 90;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook;

  /**
   * Listens from now on.
   *
   * @param call what is to be done
   */
  DriverSignal(Runnable call) {
    hook =
        () -> {
          call.run();
          waitForClose();
        };
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, SECONDS, TimeUnit.SECONDS);
  }

  private void waitForClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end, or no longer listens. */
  @Override
  public void close() {
    closed.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
