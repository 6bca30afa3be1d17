package org.regularizedvi.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/**
 * Keeps dead arrays from filling the heap. The serial collector, which keeps the program small
 * otherwise, lets its old generation grow to the largest size allowed before it looks for garbage
 * there; but large arrays that outlived one collection of the young generation die just there.
 */
final class OldGeneration {
  private static final String SERIAL = "Tenured Gen";
  private static final long LEAST_GARBAGE = 128L << 20;
  private static final long MILLIS = 100;

  private OldGeneration() {}

  /** Begins to watch, on a thread of its own; does nothing under another collector. */
  static void watch() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals(SERIAL) && pool.getCollectionUsage() != null) {
        Thread thread = new Thread(() -> watch(pool), "regularizedvi-old-generation");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void watch(MemoryPoolMXBean pool) {
    try {
      while (true) {
        Thread.sleep(MILLIS);
        long live = pool.getCollectionUsage().getUsed();
        if (pool.getUsage().getUsed() - live > Math.max(LEAST_GARBAGE, live / 2)) {
          System.gc();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
