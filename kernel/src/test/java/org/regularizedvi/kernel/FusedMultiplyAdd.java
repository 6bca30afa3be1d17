package org.regularizedvi.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Without an instruction for it, as on x86-64 before AVX, the JVM makes each fused multiply-add of
 * numbers that are objects, so that nothing can be said of what else is allocated.
 */
public final class FusedMultiplyAdd {
  private FusedMultiplyAdd() {}

  /** {@return whether the JVM of this test has the instruction} */
  public static boolean isInstruction() {
    return Boolean.parseBoolean(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("UseFMA")
            .getValue());
  }
}
