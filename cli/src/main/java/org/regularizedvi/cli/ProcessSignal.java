package org.regularizedvi.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs hooks when Java is told to end, beside all others that it has. */
final class ProcessSignal implements Interruption.Signal {
  private final Map<Runnable, Thread> threads = new ConcurrentHashMap<>();

  @Override
  public void add(Runnable hook) {
    Thread thread = new Thread(hook, "regularizedvi-stop");
    threads.put(hook, thread);
    Runtime.getRuntime().addShutdownHook(thread);
  }

  @Override
  public boolean remove(Runnable hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(threads.get(hook));
    } catch (IllegalStateException e) {
      return false; // what Java throws once it ends
    }
  }
}
