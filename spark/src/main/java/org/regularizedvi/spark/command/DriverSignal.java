package org.regularizedvi.spark.command;

import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.regularizedvi.cli.Interruption;

/** Runs hooks when the driver is told to end, before Spark ends itself and its executors. */
final class DriverSignal implements Interruption.Signal {
  /** Before Spark's hook, and before that which closes file systems. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private static final long SECONDS = 90;

  @Override
  public void add(Runnable hook) {
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public boolean remove(Runnable hook) {
    return !ShutdownHookManager.get().isShutdownInProgress()
        && ShutdownHookManager.get().removeShutdownHook(hook);
  }
}
