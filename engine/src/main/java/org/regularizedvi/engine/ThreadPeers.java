package org.regularizedvi.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Connects workers that are threads of this process: they copy what others hold out to them. */
public final class ThreadPeers implements Peers {
  private final Meeting meeting;
  private final int rank;

  private ThreadPeers(Meeting meeting, int rank) {
    this.meeting = meeting;
    this.rank = rank;
  }

  /**
   * {@return as many workers, by rank, each for a thread of its own}
   *
   * @param ranks number of workers, at least 1
   */
  public static List<Peers> of(int ranks) {
    Meeting meeting = new Meeting(ranks);
    return IntStream.range(0, ranks)
        .<Peers>mapToObj(rank -> new ThreadPeers(meeting, rank))
        .toList();
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int ranks() {
    return meeting.ranks;
  }

  @Override
  public void exchange(List<MemorySegment> to, List<MemorySegment> from) {
    meeting.bring(rank, to);
    meeting.await();
    for (int other = 0; other < meeting.ranks; other++) {
      if (other != rank) {
        from.get(other).copyFrom(meeting.of(other).get(rank));
      }
    }
    meeting.await(); // nobody changes what he brought before all have copied it
  }

  @Override
  public void close() {
    meeting.leave(rank);
  }

  /** Where all bring what they have, and wait for each other. */
  private static final class Meeting {
    private final int ranks;
    private final List<List<MemorySegment>> brought;
    private int waiting;
    private long round;
    private OptionalInt gone = OptionalInt.empty();

    Meeting(int ranks) {
      this.ranks = ranks;
      this.brought = new ArrayList<>(Collections.nCopies(ranks, List.of()));
    }

    synchronized void bring(int rank, List<MemorySegment> pieces) {
      brought.set(rank, pieces);
    }

    synchronized List<MemorySegment> of(int rank) {
      return brought.get(rank);
    }

    synchronized void await() {
      long own = round;
      waiting++;
      if (waiting == ranks) {
        waiting = 0;
        round++;
        notifyAll();
      }
      while (own == round) {
        if (gone.isPresent()) {
          throw new LostPeerException(gone.getAsInt(), ranks, "has ended");
        }
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted while waiting for other workers", e);
        }
      }
    }

    synchronized void leave(int rank) {
      if (gone.isEmpty()) {
        gone = OptionalInt.of(rank);
      }
      notifyAll();
    }
  }
}
