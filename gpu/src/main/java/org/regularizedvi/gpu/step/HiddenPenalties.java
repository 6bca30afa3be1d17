package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * The penalties that keep the decoder's hidden weights small: its share of their gradients, and its
 * value.
 */
final class HiddenPenalties {
  /** Entries that one block of the kernel sums up. */
  private static final int PIECE = 256;

  private final DecoderPenalties penalties;
  private final SmallParameters small;
  private final List<Hidden> weights = new ArrayList<>();

  /** Where the sums over pieces of all weights lie, one weight after another. */
  private final DeviceMemory allSums;

  private final int pieces;

  /** A weight, from which column on its columns are one-hot ones, and where its sums go. */
  private record Hidden(String name, int columns, int oneHot, DeviceMemory sums) {}

  /**
   * Holds no weight where no factor is above 0.
   *
   * @param arena owns the sums
   * @param penalties the factors, and which weights they hold
   * @param small has the weights
   */
  HiddenPenalties(DeviceArena arena, DecoderPenalties penalties, SmallParameters small) {
    this.penalties = penalties;
    this.small = small;
    boolean any =
        penalties.latentL2() > 0
            || penalties.covariateL2() > 0
            || penalties.factors().decoderHiddenL1() > 0;
    List<String> names = any ? penalties.hiddenWeights() : List.of();
    this.pieces = names.stream().mapToInt(this::piecesOf).sum();
    this.allSums = arena.doubles(pieces);
    int next = 0;
    for (String name : names) {
      int own = piecesOf(name);
      boolean first = next == 0 && penalties.covariateColumns() > 0;
      int oneHot = penalties.firstCovariateColumn();
      weights.add(
          new Hidden(
              name,
              first ? oneHot + penalties.covariateColumns() : 1,
              first ? oneHot : 1,
              allSums.slice((long) next * Double.BYTES, (long) own * Double.BYTES)));
      next += own;
    }
  }

  private int piecesOf(String name) {
    return Math.ceilDiv(small.count(name), PIECE);
  }

  /**
   * Adds the launches that add to the weights' gradients, which are known, and sum the values up.
   */
  void differentiate(Frame frame, Sums sums) {
    Launches launches = frame.launches();
    for (Hidden own : weights) {
      launches.addLine(
          Code.PENALISE,
          piecesOf(own.name()),
          launches.struct(
              small.value(own.name()),
              small.gradient(own.name()),
              small.count(own.name()),
              own.columns(),
              own.oneHot(),
              (float) penalties.latentL2(),
              (float) penalties.covariateL2(),
              (float) penalties.factors().decoderHiddenL1(),
              own.sums()),
          frame.step());
    }
    if (pieces > 0) {
      sums.add(frame, Sums.Sum.HIDDEN_PENALTY, allSums, pieces);
    }
  }
}
