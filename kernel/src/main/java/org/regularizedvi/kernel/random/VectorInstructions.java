package org.regularizedvi.kernel.random;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Says what the JVM has instructions for. */
final class VectorInstructions {
  /** The level of AVX that shifts and rotates the lanes of a vector of integers. */
  private static final int ROTATES = 2;

  private VectorInstructions() {}

  /**
   * {@return whether vectors of integers are rotated by instructions} Without, as on x86-64 before
   * AVX2 and where an emulator offers no more, the JVM makes an object of each vector.
   */
  static boolean rotateIntegers() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String level;
    try {
      level = jvm.getVMOption("UseAVX").getValue();
    } catch (IllegalArgumentException noSuchOption) {
      return true; // The processor is of another kind, whose vectors all have them.
    }
    return Integer.parseInt(level) >= ROTATES;
  }
}
