package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Holds the few numbers of a modality in a step that the host waits for. */
final class Sums {
  /** Names the numbers. */
  enum Sum {
    /** Of the log-likelihoods of the cells. */
    LOG_LIKELIHOOD,
    /** Of the divergences of q(z|x). */
    KL_Z,
    /** Of the divergences of q(l|x). */
    KL_L,
    /** Of the divergences of scales of z of each cell. */
    HORSESHOE_KL,
    /** Of the sparsity prior of z. */
    Z_SPARSITY,
    /** Of that of the last hidden layer. */
    HIDDEN_SPARSITY,
    /** Of the divergences of scales of z that all cells share. */
    ARD,
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
    WEIGHT_LOG_SIGMA,
    /** The learned factor on all expected counts. */
    FACTOR
  }

  /** What the numbers of one modality take. */
  static final long BYTES = (long) Sum.values().length * Double.BYTES;

  private final DeviceMemory device;
  private final MemorySegment host;
  private final Set<Sum> known = EnumSet.noneOf(Sum.class);

  /**
   * Lays the numbers out.
   *
   * @param device of {@link #BYTES}
   * @param host what takes a copy
   */
  Sums(DeviceMemory device, MemorySegment host) {
    this.device = device;
    this.host = host;
  }

  /** {@return where the card leaves a number} */
  private DeviceMemory place(Sum sum) {
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

  /** Says that a launch leaves a number in its place, and returns the place. */
  DeviceMemory kept(Sum sum) {
    known.add(sum);
    return place(sum);
  }

  /** Adds the launch that keeps a number. */
  void keep(Frame frame, Sum sum, DeviceMemory number) {
    known.add(sum);
    frame.launches().addLine(Code.KEEP_NUMBER, 1, number, place(sum));
  }

  /** {@return a number; 0 where the model has no such term} */
  double of(Sum sum) {
    return known.contains(sum) ? host.getAtIndex(JAVA_DOUBLE, sum.ordinal()) : 0;
  }
}
