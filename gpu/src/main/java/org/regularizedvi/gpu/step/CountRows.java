package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.CopyStream;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;
import org.regularizedvi.kernel.LogFactorials;

/**
 * Holds the counts of a modality in a minibatch on the card, by cell as they are sent, and dense
 * for the likelihood.
 */
final class CountRows {
  /** The largest count that is stored in 16 bits. */
  static final int LARGEST = 0xffff;

  private final Kernels kernels;
  private final int modality;
  private final int stride;
  private final DeviceMemory log1p;
  private Optional<KeptCounts> kept = Optional.empty();

  /** Whether counts are stored as float32: from the first that 16 bits do not hold on. */
  private boolean wide;

  /** Where counts are sent; two in a training, so that those of the next minibatch come ahead. */
  private List<SentCounts> sent = List.of();

  /** Which of these a minibatch has. */
  private int turn;

  /** Of counts that have come ahead: the sum of log x! of each cell, until it is asked for. */
  private Optional<double[]> arrived = Optional.empty();

  private Slot places;
  private DeviceMemory dense;

  /**
   * Makes room for no counts yet.
   *
   * @param arena owns the table of logarithms
   * @param spec the modality
   */
  CountRows(Kernels kernels, DeviceArena arena, ModalitySpec spec) {
    this.kernels = kernels;
    this.modality = spec.index();
    this.stride = WideWeight.stride(spec.features());
    float[] table = new float[LARGEST + 1];
    for (int x = 0; x < table.length; x++) {
      table[x] = (float) Math.log1p(x);
    }
    this.log1p = arena.of(table);
  }

  void reserve(DeviceArena arena, int rows, int entries) {
    places = Slot.ofWords(arena, rows);
    boolean ahead = kernels.training() && kept.isEmpty();
    sent =
        Stream.generate(() -> SentCounts.of(arena, rows, entries, wide))
            .limit(ahead ? 2 : 1)
            .toList();
    turn = 0;
    dense = arena.zeros((long) rows * stride * bytesOfACount(wide));
  }

  /** {@return the bytes of a count above 0} */
  static int bytesOfACount(boolean wide) {
    return wide ? Float.BYTES : Short.BYTES;
  }

  /** Copies the counts of all cells to the card. */
  void keep(DeviceArena arena, Counts all) {
    wide = KeptCounts.wide(all);
    kept = Optional.of(KeptCounts.of(arena, all, wide));
  }

  /**
   * Takes counts as float32 from now on where 16 bits do not hold those of a minibatch.
   *
   * @return whether that is so now and was not before, so that memory must be laid out anew
   */
  boolean widen(Minibatch minibatch) {
    boolean widened = minibatch.hasCounts() && widens(minibatch);
    wide |= widened;
    return widened;
  }

  /** {@return whether counts of a minibatch need more bits than those until now} */
  boolean widens(Minibatch minibatch) {
    return !wide && isWide(minibatch.counts().get(modality));
  }

  /** {@return whether one of some counts is no whole number of 16 bits} */
  static boolean isWide(SparseRows rows) {
    float[] values = rows.values();
    for (int i = 0; i < rows.nonzeros(); i++) {
      if (values[i] != (int) values[i] || values[i] > LARGEST) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sends the counts of a minibatch but where they have come ahead, or where they are among those
   * of all cells.
   *
   * @return the sum of log x! of each cell's counts above 4 and fractions
   */
  double[] send(Minibatch minibatch) {
    if (!minibatch.hasCounts()) {
      places.send(minibatch.cells(), minibatch.size());
      return kept.orElseThrow().logFactorials(minibatch.cells());
    }
    if (arrived.isPresent()) {
      double[] own = arrived.get();
      arrived = Optional.empty();
      return own;
    }
    SparseRows rows = minibatch.counts().get(modality);
    sent.get(turn).send(rows, DeviceMemory::upload);
    return logFactorials(rows);
  }

  /**
   * Sends the counts of the next minibatch to where this one's are not.
   *
   * @param next of which there are no more counts than there is room for, none {@link #widens}
   * @return the sum of log x! of each cell's counts above 4 and fractions
   */
  double[] sendAhead(Minibatch next, CopyStream copies) {
    SparseRows rows = next.counts().get(modality);
    sent.get(1 - turn).send(rows, copies::upload);
    return logFactorials(rows);
  }

  /**
   * Has the counts that were sent ahead be those of the minibatch that is sent next.
   *
   * @param logFactorials what sending them returned
   */
  void take(double[] logFactorials) {
    turn = 1 - turn;
    arrived = Optional.of(logFactorials);
  }

  /** {@return which memory launches read counts from} */
  int turn() {
    return turn;
  }

  /** {@return the sum of log x! of each cell's counts above 4 and fractions; others need none} */
  static double[] logFactorials(SparseRows rows) {
    double[] sums = new double[rows.rows()];
    for (int n = 0; n < sums.length; n++) {
      for (int i = rows.indptr()[n]; i < rows.indptr()[n + 1]; i++) {
        sums[n] += LogFactorials.ofLarge(rows.values()[i]);
      }
    }
    return sums;
  }

  /** {@return the counts as numbers of 16 bits, which hold all of them} */
  static short[] sixteenBits(SparseRows rows) {
    short[] values = new short[rows.nonzeros()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (int) rows.values()[i];
    }
    return values;
  }

  /**
   * {@return the counts as the likelihood takes them, rows padded to whole tiles: of 16 bits and
   * wide, one of which is not there}
   */
  List<DeviceMemory> dense() {
    return sorted(wide, dense);
  }

  /** {@return memory of counts in its place: the first of 16 bits, the second of wide ones} */
  static List<DeviceMemory> sorted(boolean wide, DeviceMemory counts) {
    return wide ? List.of(DeviceMemory.NONE, counts) : List.of(counts, DeviceMemory.NONE);
  }

  /** Adds the launch that makes the counts dense. */
  void spread(Frame frame) {
    frame.launches().addLine(Code.SPREAD_COUNTS, frame.rows(), struct(frame), dense, stride);
  }

  private Struct struct(Frame frame) {
    Launches launches = frame.launches();
    return frame.kept()
        ? kept.orElseThrow().struct(launches, places.device())
        : sent.get(turn).struct(launches);
  }

  /**
   * Adds the launch that makes what an encoder sees.
   *
   * @param ofTraining dropout of the input; empty for none
   * @param given the draws that the host supplies, one for each count
   * @param input takes it: cells x genes, of operands
   */
  void spreadInput(
      Frame frame, Optional<InputDropout> ofTraining, Optional<Slot> given, DeviceMemory input) {
    Launches launches = frame.launches();
    Optional<InputDropout> dropout = ofTraining.filter(_ -> frame.training());
    Struct draws =
        launches.struct(
            dropout.map(own -> NoiseSource.tag(own.entries())).orElse(0),
            1,
            frame.given() ? given.map(Slot::device).orElse(DeviceMemory.NONE) : DeviceMemory.NONE);
    launches.addLine(
        kernels.fitting(Code.SPREAD_INPUT_FLOAT32, Code.SPREAD_INPUT_BFLOAT16),
        frame.rows(),
        struct(frame),
        log1p,
        frame.cells(),
        launches.struct(
            draws,
            dropout.map(own -> (float) own.rate()).orElse(0f),
            dropout.map(InputDropout::keptFactor).orElse(1f)),
        frame.step(),
        input,
        stride);
  }

  /** Supplies the draws of a dropout of the input, one for each count. */
  static void supply(SparseRows rows, InputDropout dropout, Noise noise, Slot given) {
    float[] all = new float[rows.nonzeros()];
    for (int n = 0; n < rows.rows(); n++) {
      int first = rows.indptr()[n];
      int count = rows.indptr()[n + 1] - first;
      float[] own = new float[count];
      noise.entryUniforms(dropout.entries(), n, rows.indices(), first, first, count, own);
      System.arraycopy(own, 0, all, first, count);
    }
    given.send(all, all.length);
  }
}
