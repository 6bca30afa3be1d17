package org.regularizedvi.core.machine;

/**
 * Describes the machine that a model was trained on. It holds neither the machine's name nor that
 * of its user.
 *
 * @param java the version of the JVM
 * @param os the operating system and its version
 * @param processor the name of the processor
 * @param threads the number of threads that were used
 */
public record Machine(String java, String os, String processor, int threads) {
  /** {@return the machine that this runs on} */
  public static Machine current() {
    return new Machine(
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Processor.name(),
        Processor.threads());
  }
}
