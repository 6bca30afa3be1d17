package org.regularizedvi.spark.command;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.regularizedvi.cli.Interruption;

/** Runs hooks when the driver is told to end, before Spark ends itself and its executors. */
final class DriverSignal implements Interruption.Signal {
  /** Before Spark's hook, and before that which closes file systems. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private static final long SECONDS = 90;

  @Override
  public BooleanSupplier add(Runnable hook) {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(hook, PRIORITY, SECONDS, TimeUnit.SECONDS);
    return () -> !hooks.isShutdownInProgress() && hooks.removeShutdownHook(hook);
  }
}
