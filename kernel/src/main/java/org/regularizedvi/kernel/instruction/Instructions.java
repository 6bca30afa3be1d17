package org.regularizedvi.kernel.instruction;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Says what the JVM has instructions for, as its options tell. Where it has no such option the
 * processor is of another kind, whose vectors all have them, or the JVM is, of which nothing is
 * known that speaks against them.
 */
public final class Instructions {
  /** The level of AVX that shifts and rotates the lanes of a vector of integers. */
  private static final int ROTATES = 2;

  private Instructions() {}

  /**
   * {@return whether vectors of integers are rotated by instructions} Without, as on x86-64 before
   * AVX2 and where an emulator offers no more, the JVM makes an object of each vector.
   */
  public static boolean rotateIntegers() {
    return option("UseAVX").map(level -> Integer.parseInt(level) >= ROTATES).orElse(true);
  }

  /**
   * {@return whether fused multiply-add is an instruction} Without, as on x86-64 before AVX and on
   * emulators that offer no more, the JVM makes each of them of numbers that are objects.
   */
  public static boolean multiplyAndAdd() {
    return option("UseFMA").map(Boolean::parseBoolean).orElse(true);
  }

  private static Optional<String> option(String name) {
    try {
      return Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class))
          .map(jvm -> jvm.getVMOption(name).getValue());
    } catch (IllegalArgumentException noSuchOption) {
      return Optional.empty();
    }
  }
}
