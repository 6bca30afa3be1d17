package org.regularizedvi.cpu.head;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.sparse.GeneTiles;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.split.TreeShape;
import org.regularizedvi.cpu.split.TreeSum;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.cpu.work.Workers;

/**
 * Goes through a worker's tiles of a head, the first first, each with its logits, and adds up what
 * all workers' tiles give.
 */
final class TileLoop {
  private final GeneTiles tiles;
  private final Split split;
  private final Workers workers;
  private final TreeShape tree;
  private final HeadWeight own;
  private final Optional<HeadWeight> sizes;
  private final HeadScratch[] scratch;

  /** Works on the logits of a tile. */
  interface Body {
    void run(int worker, int tile, Matrix logits);
  }

  /** Works on the logits of a tile, which lie in the thread's scratch. */
  interface Summand {
    /** Leaves what the tile gives in sums of which the kernel's have begun. */
    void run(int worker, int tile, TileSums share);
  }

  /**
   * Makes the loop over a head's tiles.
   *
   * @param scratch of each thread
   */
  TileLoop(
      GeneTiles tiles,
      Split split,
      HeadWeight own,
      Optional<HeadWeight> sizes,
      HeadScratch[] scratch) {
    this.tiles = tiles;
    this.split = split;
    this.workers = split.workers();
    this.tree = new TreeShape(split.owners(tiles.count()));
    this.own = own;
    this.sizes = sizes;
    this.scratch = scratch;
  }

  /** Gives the logits of every tile of this worker to a body. */
  void forEach(HeadCall call, Body body) {
    int[] bounds = split.bounds(tiles.count());
    int first = bounds[split.rank()];
    workers.run(
        bounds[split.rank() + 1] - first,
        (worker, task) -> {
          int tile = first + task;
          long start = System.nanoTime();
          Matrix logits = logits(call, scratch[worker], tiles.first(tile), tiles.genesOf(tile));
          workers.times().add(worker, Part.PRODUCTS, start);
          body.run(worker, tile, logits);
        });
  }

  /** Makes the logits of a tile, also those of burst sizes, and returns the scale decoder's. */
  private Matrix logits(HeadCall call, HeadScratch room, int first, int genes) {
    sizes.ifPresent(
        weight ->
            weight
                .products()
                .logits(
                    room.sizes().orElseThrow(),
                    first,
                    genes,
                    call.hidden().sizesNH().orElseThrow()));
    return own.products().logits(room.own(), first, genes, call.hidden().ownNH());
  }

  /** {@return what all tiles of all workers give; the room may give that anew} */
  TileSums sum(HeadCall call, SumsRoom room, Summand body) {
    room.reserve(call.rows());
    TreeSum<TileSums> sums =
        new TreeSum<>(
            tree,
            split.rank(),
            (more, sum) -> {
              sum.add(more, call.rows());
              room.give(more);
            });
    forEach(
        call,
        (worker, tile, _) -> {
          TileSums share = room.take();
          share.clear(call.rows());
          body.run(worker, tile, share);
          sums.put(tile, share);
        });
    TileSums total = split.alone() ? sums.total() : shared(call.rows(), sums.roots(), room);
    room.give(total);
    return total;
  }

  private TileSums shared(int rows, List<TileSums> made, SumsRoom room) {
    TileSums total = room.take();
    split.total(rows, List.of(new SharedTileSums(tree, made, total)));
    made.forEach(room::give);
    return total;
  }
}
