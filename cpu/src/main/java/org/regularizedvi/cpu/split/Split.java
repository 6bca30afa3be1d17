package org.regularizedvi.cpu.split;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.Peers;

/**
 * Deals genes out among the workers that compute a step together, and brings together what each of
 * them made of its own. What it adds up is added as a tree whose shape the number of workers does
 * not change, so the bits are those of one worker.
 *
 * <p>Every number of a sum is added up by one worker, who then gives it to all: each takes some of
 * the rows. So a worker sends and receives about as much whatever the number of workers.
 *
 * <p>One thread at a time may exchange.
 */
public final class Split implements AutoCloseable {
  private static final long LINE_BYTES = 64;

  private final Peers peers;
  private final Workers workers;
  private Arena arena = Arena.ofShared();
  private MemorySegment room = arena.allocate(0);

  /**
   * Makes a split.
   *
   * @param peers the workers, which stay the caller's
   * @param workers the threads of this one, whose times count what it waits for others
   */
  public Split(Peers peers, Workers workers) {
    this.peers = peers;
    this.workers = workers;
  }

  /**
   * {@return the split of a worker that has all genes}
   *
   * @param workers its threads
   */
  public static Split alone(Workers workers) {
    return new Split(Peers.none(), workers);
  }

  /** {@return the threads of this worker} */
  public Workers workers() {
    return workers;
  }

  /** {@return this worker's place among all, from 0} */
  public int rank() {
    return peers.rank();
  }

  /** {@return the number of workers} */
  public int ranks() {
    return peers.ranks();
  }

  /** {@return whether there is no other worker} */
  public boolean alone() {
    return peers.ranks() == 1;
  }

  /**
   * {@return where the part of each worker begins when so many things are dealt out in runs of
   * about equal length, with the end of the last behind} The runs of two, four, eight workers are
   * whole sums of a {@link TreeShape}, as things and workers are halved alike.
   *
   * @param things their number
   */
  public int[] bounds(int things) {
    return bounds(things, peers.ranks());
  }

  /**
   * {@return the same for so many workers}
   *
   * @param things the number of things
   * @param ranks the number of workers
   */
  public static int[] bounds(int things, int ranks) {
    int[] bounds = new int[ranks + 1];
    bounds[ranks] = things;
    deal(bounds, 0, ranks);
    return bounds;
  }

  /** Deals what lies between the bounds of two workers out among those between. */
  private static void deal(int[] bounds, int from, int to) {
    if (to - from > 1) {
      int middle = (from + to + 1) / 2;
      long things = bounds[to] - bounds[from];
      bounds[middle] =
          bounds[from] + (int) Math.ceilDiv(things * (middle - from), (long) (to - from));
      deal(bounds, from, middle);
      deal(bounds, middle, to);
    }
  }

  /**
   * {@return who has each of so many things that are dealt out as {@link #bounds} says}
   *
   * @param things their number
   */
  public int[] owners(int things) {
    int[] bounds = bounds(things);
    int[] owners = new int[things];
    for (int rank = 0; rank < peers.ranks(); rank++) {
      Arrays.fill(owners, bounds[rank], bounds[rank + 1], rank);
    }
    return owners;
  }

  /**
   * Adds up sums over genes of which every worker has made parts.
   *
   * @param rows number of cells
   * @param sums take what all parts add up to
   */
  public void total(int rows, List<? extends SharedSum> sums) {
    int[] bounds = bounds(rows);
    List<List<List<TreeShape.Node>>> roots = new ArrayList<>();
    for (int rank = 0; rank < peers.ranks(); rank++) {
      int own = rank;
      roots.add(sums.stream().map(sum -> sum.shape().roots(own)).toList());
    }
    int own = bounds[rank() + 1] - bounds[rank()];
    List<List<MemorySegment>> pieces =
        pieces(
            rank -> bytes(sums, roots.get(rank()), size(bounds, rank)),
            rank -> bytes(sums, roots.get(rank), own),
            rank -> bytes(sums, size(bounds, rank)));
    List<MemorySegment> to = pieces.get(0);
    List<MemorySegment> from = pieces.get(1);
    List<MemorySegment> totals = pieces.get(2);
    workers.run(peers.ranks(), (_, rank) -> pack(sums, roots.get(rank()), bounds, rank, to));
    from.set(rank(), to.get(rank()));
    exchange(() -> peers.exchange(to, from));
    addUp(sums, roots, from, own, totals.get(rank()));
    exchange(() -> peers.gather(totals));
    workers.run(peers.ranks(), (_, rank) -> unpack(sums, bounds, rank, totals.get(rank)));
  }

  private static int size(int[] bounds, int rank) {
    return bounds[rank + 1] - bounds[rank];
  }

  private static long bytes(List<? extends SharedSum> sums, int rows) {
    return sums.stream().mapToLong(sum -> sum.bytes(rows)).sum();
  }

  private static long bytes(
      List<? extends SharedSum> sums, List<List<TreeShape.Node>> roots, int rows) {
    long bytes = 0;
    for (int s = 0; s < sums.size(); s++) {
      bytes += roots.get(s).size() * sums.get(s).bytes(rows);
    }
    return bytes;
  }

  /** Copies the rows that a worker adds up of all that this one has made. */
  private static void pack(
      List<? extends SharedSum> sums,
      List<List<TreeShape.Node>> roots,
      int[] bounds,
      int rank,
      List<MemorySegment> to) {
    long at = 0;
    for (int s = 0; s < sums.size(); s++) {
      long bytes = sums.get(s).bytes(size(bounds, rank));
      for (int root = 0; root < roots.get(s).size(); root++) {
        MemorySegment into = to.get(rank).asSlice(at, bytes);
        sums.get(s).pack(root, bounds[rank], bounds[rank + 1], into);
        at += bytes;
      }
    }
  }

  /** Adds up this worker's rows of what all have made, which it overwrites. */
  private void addUp(
      List<? extends SharedSum> sums,
      List<List<List<TreeShape.Node>>> roots,
      List<MemorySegment> from,
      int rows,
      MemorySegment totals) {
    long[] at = new long[peers.ranks()];
    long done = 0;
    for (int s = 0; s < sums.size(); s++) {
      SharedSum sum = sums.get(s);
      long bytes = sum.bytes(rows);
      TreeShape whole = TreeShape.alone(sum.shape().leaves());
      TreeSum<MemorySegment> tree =
          new TreeSum<>(whole, 0, (more, into) -> sum.add(more, into, rows));
      for (int rank = 0; rank < at.length; rank++) {
        for (TreeShape.Node node : roots.get(rank).get(s)) {
          tree.put(node, from.get(rank).asSlice(at[rank], bytes));
          at[rank] += bytes;
        }
      }
      totals.asSlice(done, bytes).copyFrom(tree.total());
      done += bytes;
    }
  }

  private static void unpack(
      List<? extends SharedSum> sums, int[] bounds, int rank, MemorySegment totals) {
    long at = 0;
    for (SharedSum sum : sums) {
      long bytes = sum.bytes(size(bounds, rank));
      sum.unpack(bounds[rank], bounds[rank + 1], totals.asSlice(at, bytes));
      at += bytes;
    }
  }

  /**
   * Gives all workers what each of them has made of its genes.
   *
   * @param parts what this one has made, and what takes the others'
   */
  public void gather(SharedParts parts) {
    if (alone()) {
      return;
    }
    List<MemorySegment> pieces = pieces(parts::bytes).getFirst();
    parts.pack(rank(), pieces.get(rank()));
    exchange(() -> peers.gather(pieces));
    for (int rank = 0; rank < pieces.size(); rank++) {
      if (rank != rank()) {
        parts.unpack(rank, pieces.get(rank));
      }
    }
  }

  /**
   * Gives all workers the rows of a matrix that each of them has.
   *
   * @param memory rows without gaps
   * @param bounds where the rows of each worker begin, and the end of the last
   * @param rowBytes bytes of a row
   */
  public void gatherRows(MemorySegment memory, int[] bounds, long rowBytes) {
    if (!alone()) {
      exchange(
          () ->
              peers.gather(
                  IntStream.range(0, peers.ranks())
                      .mapToObj(
                          rank ->
                              memory.asSlice(
                                  bounds[rank] * rowBytes, size(bounds, rank) * rowBytes))
                      .toList()));
    }
  }

  /**
   * {@return the least of the numbers that the workers have}
   *
   * @param own this worker's
   */
  public int least(int own) {
    int[] all = new int[peers.ranks()];
    all[rank()] = own;
    gather(
        new SharedParts() {
          @Override
          public long bytes(int rank) {
            return Integer.BYTES;
          }

          @Override
          public void pack(int rank, MemorySegment into) {
            into.set(JAVA_INT, 0, own);
          }

          @Override
          public void unpack(int rank, MemorySegment part) {
            all[rank] = part.get(JAVA_INT, 0);
          }
        });
    return Arrays.stream(all).min().orElseThrow();
  }

  private void exchange(Runnable body) {
    long start = System.nanoTime();
    body.run();
    workers.times().add(0, Part.EXCHANGE, start);
  }

  @Override
  public void close() {
    arena.close();
  }

  /** Gives the size of a worker's piece. */
  private interface Size {
    long of(int rank);
  }

  /** {@return a piece for each worker of each of some sizes, of memory kept from step to step} */
  private List<List<MemorySegment>> pieces(Size... sizes) {
    long bytes = 0;
    for (Size size : sizes) {
      for (int rank = 0; rank < peers.ranks(); rank++) {
        bytes += aligned(size.of(rank));
      }
    }
    if (room.byteSize() < bytes) {
      arena.close();
      arena = Arena.ofShared();
      room = arena.allocate(bytes, LINE_BYTES);
    }
    List<List<MemorySegment>> all = new ArrayList<>();
    long at = 0;
    for (Size size : sizes) {
      List<MemorySegment> pieces = new ArrayList<>();
      for (int rank = 0; rank < peers.ranks(); rank++) {
        pieces.add(room.asSlice(at, size.of(rank)));
        at += aligned(size.of(rank));
      }
      all.add(pieces);
    }
    return all;
  }

  private static long aligned(long bytes) {
    return (bytes + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
  }
}
