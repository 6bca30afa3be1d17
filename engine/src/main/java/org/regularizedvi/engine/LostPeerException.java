package org.regularizedvi.engine;

/** Says that another worker of the same training has ended, or cannot be reached any more. */
public final class LostPeerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int rank;

  /**
   * Names the worker.
   *
   * @param rank its place among all, from 0
   * @param ranks the number of workers
   * @param what became of it, as the end of a sentence
   */
  public LostPeerException(int rank, int ranks, String what) {
    super("Worker %d of %d (counted from 0) %s.".formatted(rank, ranks, what));
    this.rank = rank;
  }

  /**
   * Names the worker, and keeps what was thrown when it was lost.
   *
   * @param rank its place among all, from 0
   * @param ranks the number of workers
   * @param what became of it, as the end of a sentence
   * @param cause what was thrown
   */
  public LostPeerException(int rank, int ranks, String what, Throwable cause) {
    this(rank, ranks, what);
    initCause(cause);
  }

  /** {@return its place among all, from 0} */
  public int rank() {
    return rank;
  }
}
