package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.regularizedvi.engine.Peers;

/**
 * Is one process's part in a training, which several may share: the first of them writes all
 * outputs, and the checkpoints.
 *
 * @param peers connects them
 * @param task empty for a process that a user has started
 */
public record Worker(Peers peers, Optional<Task> task) {
  /**
   * Is what whoever has started this process has settled for it, once the input was looked through
   * for damage and checkpoints were removed where {@code --restart} asked for it.
   *
   * @param threads to compute with
   * @param stop asked after every step whether to end there
   * @param temporary a folder on this machine for counts that memory does not hold
   */
  public record Task(int threads, BooleanSupplier stop, Path temporary) {}

  /** {@return the process of a training that is not shared} */
  static Worker alone() {
    return new Worker(Peers.none(), Optional.empty());
  }

  /** Tells whether this is the one that writes. */
  boolean first() {
    return peers.rank() == 0;
  }
}
