package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.sparse.EncoderCounts;
import org.regularizedvi.cpu.sparse.SparseFirstLayer;
import org.regularizedvi.cpu.sparse.UnitPanels;
import org.regularizedvi.cpu.split.FloatSums;
import org.regularizedvi.cpu.split.SharedSum;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.split.TreeShape;
import org.regularizedvi.cpu.split.TreeSum;

/**
 * Sums up bias and nonzeros of an encoder's first linear map: run of genes by run, and the runs of
 * all modalities that it sees, one behind the other, as a tree. The bias begins the first run. Of
 * several workers each sums up its own runs.
 */
final class RunSums {
  private final Split split;
  private final List<SparseFirstLayer> layers;
  private final MemorySegment bias;
  private final TreeShape runs;

  /** Of several workers, what this one has summed: cells x units. */
  private List<Matrix> roots = List.of();

  /**
   * Stands for some rows of one panel's units.
   *
   * @param panel its place
   * @param from the first row
   * @param to the row after the last
   */
  record Piece(int panel, int from, int to) {
    int rows() {
      return to - from;
    }
  }

  /**
   * Makes the sums of an encoder.
   *
   * @param split which genes are whose
   * @param layers the weight's columns for the counts of each modality, at least one
   * @param bias of each unit
   */
  RunSums(Split split, List<SparseFirstLayer> layers, MemorySegment bias) {
    this.split = split;
    this.layers = layers;
    this.bias = bias;
    this.runs =
        new TreeShape(
            layers.stream()
                .flatMapToInt(layer -> Arrays.stream(split.owners(layer.runs().count())))
                .toArray());
  }

  /** Makes room for a minibatch. */
  void reserve(Arena arena, int rows) {
    if (!split.alone()) {
      int units = panels().units();
      roots = runs.roots(split.rank()).stream().map(_ -> Matrix.in(arena, rows, units)).toList();
    }
  }

  private UnitPanels panels() {
    return layers.getFirst().panels();
  }

  /**
   * Sums a piece up; of several workers, what this one has of it, for {@link #shared}. All of the
   * panel's weights are read for it, so its rows should be many.
   *
   * @param counts as the encoder sees them, by modality that it sees
   * @param piece which rows and units
   * @param rooms for the sums
   * @param out takes the result of a worker that is alone: cells x units
   */
  void add(List<EncoderCounts> counts, Piece piece, SumRooms rooms, Matrix out) {
    int first = panels().first(piece.panel);
    int units = panels().unitsOf(piece.panel);
    TreeSum<Matrix> tree =
        new TreeSum<>(
            runs,
            split.rank(),
            (more, sum) -> {
              FloatSums.add(more.memory(), sum.memory(), bytes(piece, sum));
              rooms.give(more);
            });
    int leaf = 0;
    for (int l = 0; l < layers.size(); l++) {
      for (int run = 0; run < layers.get(l).runs().count(); run++, leaf++) {
        if (runs.owners()[leaf] == split.rank()) {
          Matrix sums = rooms.take(piece.rows(), units);
          if (leaf == 0) {
            sums.fillRows(bias.asSlice((long) first * Float.BYTES));
          } else {
            sums.memory().asSlice(0, bytes(piece, sums)).fill((byte) 0);
          }
          layers.get(l).forward(counts.get(l), run, piece.panel, piece.from, piece.to, sums);
          tree.put(leaf, sums);
        }
      }
    }
    List<Matrix> made = tree.roots();
    for (int r = 0; r < made.size(); r++) {
      Matrix into = split.alone() ? out : roots.get(r);
      Matrix rows = into.rows(piece.from, piece.to).columns(first, units);
      made.get(r).copyRows(0, piece.rows(), rows);
      rooms.give(made.get(r));
    }
  }

  /** {@return the bytes of a piece's sums, with what pads their rows} */
  private static long bytes(Piece piece, Matrix sums) {
    return (long) piece.rows() * sums.stride() * Float.BYTES;
  }

  /**
   * {@return what all workers have summed, added up}
   *
   * @param out takes it: cells x units
   */
  SharedSum shared(Matrix out) {
    long rowBytes = (long) out.stride() * Float.BYTES;
    return new SharedSum() {
      @Override
      public TreeShape shape() {
        return runs;
      }

      @Override
      public int floats() {
        return out.stride();
      }

      @Override
      public int doubles() {
        return 0;
      }

      @Override
      public void pack(int root, int from, int to, MemorySegment into) {
        MemorySegment sums = roots.get(root).memory();
        MemorySegment.copy(sums, from * rowBytes, into, 0, (to - from) * rowBytes);
      }

      @Override
      public void unpack(int from, int to, MemorySegment total) {
        MemorySegment.copy(total, 0, out.memory(), from * rowBytes, (to - from) * rowBytes);
      }
    };
  }
}
