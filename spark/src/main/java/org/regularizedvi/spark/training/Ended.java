package org.regularizedvi.spark.training;

import java.io.Serializable;

/**
 * Says how a worker ended. A worker that cannot go on ends so too, so that Spark hands on what each
 * of them says and does not stop at the first.
 *
 * @param rank the worker
 * @param host the machine that it ran on
 * @param code the exit code that the program on one machine would have: 0 where all went well
 * @param lostPeer whether it ended as another worker had ended
 * @param text what it had to say in the end; empty where all went well
 */
record Ended(int rank, String host, int code, boolean lostPeer, String text)
    implements Serializable {
  /** Tells whether it ended for a reason of its own. */
  boolean failed() {
    return code != 0 && !lostPeer;
  }
}
