package org.regularizedvi.cpu.answer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.cpu.layer.HiddenLayers;
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
  private final HiddenLayers hidden;
  private final Room room;
  private final Optional<Room> sizeRoom;
  private final float[] biasT = new float[SIZE];

  /** Holds the memory for a tile of one linear map. */
  private record Room(Matrix weightTH, Matrix logitsNT) {
    static Room of(Arena arena, Matrix hiddenNH) {
      return new Room(
          Matrix.in(arena, SIZE, hiddenNH.columns()), Matrix.in(arena, hiddenNH.rows(), SIZE));
    }
  }

  /** Takes the logits of a tile. */
  interface Visitor {
    /**
     * Takes a tile.
     *
     * @param first place of its first feature among those asked for
     * @param logitsNT cells x its features, valid during the call
     */
    void tile(int first, Matrix logitsNT);
  }

  /** Takes the rho of a tile and the burst sizes in it. */
  interface RhoVisitor {
    /**
     * Takes a tile.
     *
     * @param first place of its first feature among those asked for
     * @param rhoNT cells x its features, valid during the call
     * @param sizesNT likewise; empty without bursts
     */
    void tile(int first, Matrix rhoNT, Optional<Matrix> sizesNT);
  }

  /**
   * Makes them for cells.
   *
   * @param arena owns the memory for a tile
   * @param decoder whose features they are
   * @param hidden the decoders' last hidden layers
   */
  FeatureTiles(Arena arena, DecoderNetwork decoder, HiddenLayers hidden) {
    this.decoder = decoder;
    this.hidden = hidden;
    this.room = Room.of(arena, hidden.ownNH());
    this.sizeRoom = hidden.sizesNH().map(sizesNH -> Room.of(arena, sizesNH));
  }

  /**
   * Computes rho of features, with bursts f b, and beside it b.
   *
   * @param places of the features in the modality
   * @param visitor takes each tile
   */
  void rho(int[] places, RhoVisitor visitor) {
    Optional<SoftmaxSums> sums = softmaxSums();
    logits(
        places,
        (first, valuesNT) -> {
          for (int n = 0; n < valuesNT.rows(); n++) {
            activate(valuesNT, n, sums);
          }
          Optional<Matrix> sizesNT = sizes(places, first, valuesNT.columns());
          sizesNT.ifPresent(own -> multiply(valuesNT, own));
          visitor.tile(first, valuesNT, sizesNT);
        });
  }

  private static void multiply(Matrix valuesNT, Matrix byNT) {
    for (int n = 0; n < valuesNT.rows(); n++) {
      for (int t = 0; t < valuesNT.columns(); t++) {
        valuesNT.set(n, t, valuesNT.get(n, t) * byNT.get(n, t));
      }
    }
  }

  /** {@return the burst sizes of a tile: cells x features; empty without bursts} */
  private Optional<Matrix> sizes(int[] places, int first, int count) {
    if (sizeRoom.isEmpty()) {
      return Optional.empty();
    }
    Matrix sizesNT = sizeLogits(places, first, count);
    float intercept = (float) new BurstSize(decoder.spec()).intercept();
    for (int n = 0; n < sizesNT.rows(); n++) {
      activate(sizesNT, n, Optional.empty());
      for (int t = 0; t < count; t++) {
        sizesNT.set(n, t, sizesNT.get(n, t) + intercept);
      }
    }
    return Optional.of(sizesNT);
  }

  /** {@return the logits of the burst sizes of a tile: cells x features} */
  Matrix sizeLogits(int[] places, int first, int count) {
    return logits(
        decoder.sizes().orElseThrow(),
        sizeRoom.orElseThrow(),
        hidden.sizesNH().orElseThrow(),
        places,
        first,
        count);
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
    SoftmaxSums sums = new SoftmaxSums(hidden.ownNH().rows(), SIZE);
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
      visitor.tile(first, logits(decoder.scale(), room, hidden.ownNH(), places, first, count));
    }
  }

  private Matrix logits(
      DecoderNetwork.FeatureMap map,
      Room own,
      Matrix hiddenNH,
      int[] places,
      int first,
      int count) {
    Matrix weight = weight(map.weightGH(), own.weightTH(), places, first, count);
    for (int t = 0; t < count; t++) {
      biasT[t] = map.biasG().getAtIndex(JAVA_FLOAT, places[first + t]);
    }
    for (int n = 0; n < own.logitsNT().rows(); n++) {
      own.logitsNT().setRow(n, biasT);
    }
    decoder.products().timesTransposed(hiddenNH, weight, 1, own.logitsNT());
    return own.logitsNT().columns(0, count);
  }

  /** {@return the weights of a tile: where they lie, if they are neighbours, or a copy} */
  private static Matrix weight(Matrix all, Matrix room, int[] places, int first, int count) {
    if (count == SIZE && neighbours(places, first)) {
      return all.rows(places[first], places[first] + SIZE);
    }
    long bytes = (long) all.columns() * Float.BYTES;
    for (int t = 0; t < count; t++) {
      long from = places[first + t] * bytes;
      long to = (long) t * room.stride() * Float.BYTES;
      MemorySegment.copy(all.memory(), from, room.memory(), to, bytes);
    }
    return room;
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
