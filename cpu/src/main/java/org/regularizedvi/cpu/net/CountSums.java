package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cpu.sparse.UnitPanels;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.work.Workers;

/**
 * Sums up what the counts of a minibatch give the encoders' first linear maps. A task takes one
 * panel of units: then its weights are read once for many cells, and no two threads read the same.
 * What several workers have summed of their genes is added up.
 */
final class CountSums {
  /** Most cells of a task, whose sums should stay near the core beside a tile of weights. */
  private static final int MOST_CELLS = 1024;

  /** Fewer cells are not worth a panel of weights of their own. */
  private static final int LEAST_CELLS = 64;

  /** Tasks per worker, where panels do not share out evenly. */
  private static final int TASKS_PER_WORKER = 3;

  private final Split split;
  private final Workers workers;
  private List<SumRooms> rooms = List.of();

  /** Stands for one panel of an encoder. */
  private record Panel(Encoder encoder, int place) {
    static Stream<Panel> of(Encoder encoder) {
      return IntStream.range(0, encoder.first().panels().count())
          .mapToObj(p -> new Panel(encoder, p));
    }
  }

  /**
   * Makes room for no cells.
   *
   * @param split which genes are whose
   */
  CountSums(Split split) {
    this.split = split;
    this.workers = split.workers();
  }

  /** Makes room for a minibatch. */
  void reserve(Arena arena, int rows) {
    rooms =
        Stream.generate(() -> new SumRooms(arena, Math.min(rows, MOST_CELLS), UnitPanels.WIDTH))
            .limit(workers.size())
            .toList();
  }

  /**
   * Leaves the sums of all rows where the encoders go on from them.
   *
   * @param encoders those that the minibatch goes through
   * @param counts of the minibatch
   * @param rows number of cells
   */
  void run(List<Encoder> encoders, NetworkCounts counts, int rows) {
    List<Panel> panels = encoders.stream().flatMap(Panel::of).toList();
    int units = encoders.stream().mapToInt(encoder -> encoder.first().panels().units()).sum();
    int chunks = chunks(Math.max(1, units / UnitPanels.WIDTH), rows);
    workers.run(
        panels.size() * chunks,
        (worker, task) -> {
          Panel panel = panels.get(task / chunks);
          Encoder encoder = panel.encoder;
          int from = start(rows, task % chunks, chunks);
          int to = start(rows, task % chunks + 1, chunks);
          encoder.sum(counts.of(encoder.shape()), panel.place, from, to, rooms.get(worker));
        });
    if (!split.alone()) {
      split.total(rows, encoders.stream().map(Encoder::shared).toList());
    }
  }

  /** {@return the number of pieces that the rows are cut into for so many wide panels} */
  private int chunks(int wide, int rows) {
    int least = Math.ceilDiv(rows, MOST_CELLS);
    if (wide * least % workers.size() == 0) {
      return least;
    }
    int even = Math.ceilDiv(TASKS_PER_WORKER * workers.size(), wide);
    return Math.max(least, Math.min(even, rows / LEAST_CELLS));
  }

  private static int start(int rows, int chunk, int chunks) {
    return (int) ((long) rows * chunk / chunks);
  }
}
