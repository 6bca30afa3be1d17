package org.regularizedvi.cli;

import java.util.function.BooleanSupplier;

/** Runs hooks when Java is told to end, beside all others that it has. */
final class ProcessSignal implements Interruption.Signal {
  @Override
  public BooleanSupplier add(Runnable hook) {
    Thread thread = new Thread(hook, "regularizedvi-stop");
    Runtime.getRuntime().addShutdownHook(thread);
    return () -> {
      try {
        return Runtime.getRuntime().removeShutdownHook(thread);
      } catch (IllegalStateException e) {
        return false; // what Java throws once it ends
      }
    };
  }
}
