package org.regularizedvi.core.machine;

/** What a model was trained on; neither its name nor its user's. */
public record Machine(String java, String os, String processor, int threads) {
  public static Machine current() {
    return new Machine(
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Processor.name(),
        Processor.threads());
  }
}
