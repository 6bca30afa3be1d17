package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Holds the few numbers of a step that the host waits for. */
final class Sums {
  /** Names the numbers. */
  enum Sum {
    /** Of the log-likelihoods of the cells. */
    LOG_LIKELIHOOD,
    /** Of the divergences of q(z|x). */
    KL_Z,
    /** Of the divergences of q(l|x). */
    KL_L,
    /** Of the active dimensions. */
    ACTIVE,
    /** Of the background's values. */
    BACKGROUND,
    /** Of their logarithms. */
    LOG_BACKGROUND,
    /** Of the scaling factors. */
    SCALING,
    /** Of their logarithms. */
    LOG_SCALING,
    /** Of the logs of the spread of log theta. */
    LOG_SIGMA,
    /** Of the penalties of the scale decoder's weights, as factors on their gradient. */
    SCALE_PENALTY,
    /** Of those of the hidden weights. */
    HIDDEN_PENALTY,
    /** The mean of log w. */
    WEIGHT_MEAN,
    /** The log of the spread of log w. */
    WEIGHT_LOG_SIGMA
  }

  private final DeviceMemory device;
  private final MemorySegment host;
  private final Set<Sum> known = EnumSet.noneOf(Sum.class);

  Sums(DeviceArena arena) {
    int count = Sum.values().length;
    this.device = arena.doubles(count);
    this.host = arena.pinned((long) count * Double.BYTES);
  }

  /** {@return where the card leaves a number} */
  DeviceMemory place(Sum sum) {
    return device.slice((long) sum.ordinal() * Double.BYTES, Double.BYTES);
  }

  /** Adds the launch that sums numbers in double up. */
  void add(Frame frame, Sum sum, DeviceMemory numbers, int count) {
    known.add(sum);
    frame.launches().addLine(Code.SUM_UP, 1, numbers, count, place(sum));
  }

  /** Adds the launch that sums whole numbers up. */
  void addWhole(Frame frame, Sum sum, DeviceMemory numbers, int count) {
    known.add(sum);
    frame.launches().addLine(Code.SUM_UP_WHOLE, 1, numbers, count, place(sum));
  }

  /** Adds the launch that keeps a number. */
  void keep(Frame frame, Sum sum, DeviceMemory number) {
    known.add(sum);
    frame.launches().addLine(Code.KEEP_NUMBER, 1, number, place(sum));
  }

  /** Asks for the numbers; they are there when the card has come so far. */
  void fetch() {
    device.download(host);
  }

  /** {@return a number; 0 where the model has no such term} */
  double of(Sum sum) {
    return known.contains(sum) ? host.getAtIndex(JAVA_DOUBLE, sum.ordinal()) : 0;
  }
}
