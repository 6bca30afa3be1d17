package org.regularizedvi.cpu.answer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Goes through features of decoded cells, so many at a time that their weights and logits stay near
 * a core.
 *
 * <p>Every product has the same shape, with rows to spare in the last tile, so that it does not
 * depend on which other features are asked for what is found of one.
 */
final class FeatureTiles {
  /** Features of a tile. */
  static final int SIZE = 256;

  private final DecoderNetwork decoder;
  private final Matrix hiddenNH;
  private final Matrix weightTH;
  private final Matrix logitsNT;
  private final float[] biasT = new float[SIZE];

  /** Takes the rho or logits of a tile. */
  interface Visitor {
    /**
     * Takes a tile.
     *
     * @param first place of its first feature among those asked for
     * @param valuesNT cells x its features, valid during the call
     */
    void tile(int first, Matrix valuesNT);
  }

  /**
   * Makes them for cells.
   *
   * @param arena owns the memory for a tile
   * @param decoder whose features they are
   * @param hiddenNH the decoder's last hidden layer
   */
  FeatureTiles(Arena arena, DecoderNetwork decoder, Matrix hiddenNH) {
    this.decoder = decoder;
    this.hiddenNH = hiddenNH;
    this.weightTH = Matrix.in(arena, SIZE, hiddenNH.columns());
    this.logitsNT = Matrix.in(arena, hiddenNH.rows(), SIZE);
  }

  /**
   * Computes rho of features.
   *
   * @param places of the features in the modality
   * @param visitor takes each tile
   */
  void rho(int[] places, Visitor visitor) {
    Optional<SoftmaxSums> sums = softmaxSums();
    logits(
        places,
        (first, valuesNT) -> {
          for (int n = 0; n < valuesNT.rows(); n++) {
            activate(valuesNT, n, sums);
          }
          visitor.tile(first, valuesNT);
        });
  }

  private static void activate(Matrix valuesNT, int n, Optional<SoftmaxSums> sums) {
    MemorySegment memory = valuesNT.memory();
    long row = (long) n * valuesNT.stride();
    if (sums.isEmpty()) {
      VectorFunctions.softplus(memory, row, memory, row, valuesNT.columns());
      return;
    }
    VectorFunctions.exp(memory, row, sums.get().largest(n), memory, row, valuesNT.columns());
    float factor = sums.get().factor(n);
    for (int t = 0; t < valuesNT.columns(); t++) {
      valuesNT.set(n, t, valuesNT.get(n, t) * factor);
    }
  }

  /** {@return what softmax needs to know of all features; empty with softplus} */
  Optional<SoftmaxSums> softmaxSums() {
    if (!decoder.softmax()) {
      return Optional.empty();
    }
    SoftmaxSums sums = new SoftmaxSums(hiddenNH.rows(), SIZE);
    logits(all(decoder), (_, valuesNT) -> sums.add(valuesNT));
    return Optional.of(sums);
  }

  /** {@return the places of all features of a decoder} */
  static int[] all(DecoderNetwork decoder) {
    return IntStream.range(0, decoder.spec().features()).toArray();
  }

  /**
   * Computes the logits of features, a = h W' + b.
   *
   * @param places of the features in the modality
   * @param visitor takes each tile
   */
  void logits(int[] places, Visitor visitor) {
    for (int first = 0; first < places.length; first += SIZE) {
      int count = Math.min(SIZE, places.length - first);
      Matrix weight = weight(places, first, count);
      for (int t = 0; t < count; t++) {
        biasT[t] = decoder.scaleBias().getAtIndex(JAVA_FLOAT, places[first + t]);
      }
      for (int n = 0; n < logitsNT.rows(); n++) {
        logitsNT.setRow(n, biasT);
      }
      decoder.products().timesTransposed(hiddenNH, weight, 1, logitsNT);
      visitor.tile(first, logitsNT.columns(0, count));
    }
  }

  /** {@return the weights of a tile: where they lie, if they are neighbours, or a copy} */
  private Matrix weight(int[] places, int first, int count) {
    Matrix all = decoder.scaleWeight();
    if (count == SIZE && neighbours(places, first)) {
      return all.rows(places[first], places[first] + SIZE);
    }
    long bytes = (long) all.columns() * Float.BYTES;
    for (int t = 0; t < count; t++) {
      long from = places[first + t] * bytes;
      long to = (long) t * weightTH.stride() * Float.BYTES;
      MemorySegment.copy(all.memory(), from, weightTH.memory(), to, bytes);
    }
    return weightTH;
  }

  private static boolean neighbours(int[] places, int first) {
    for (int t = 1; t < SIZE; t++) {
      if (places[first + t] != places[first] + t) {
        return false;
      }
    }
    return true;
  }
}
