package org.regularizedvi.cpu.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/** How long a measurement may take. */
class ProductSpeedTest {
  /** Three products of 0.4 s are one round, and no other begins; nine would take 11 s. */
  @Test
  void slowProductsAreMeasuredOnce() {
    Slow products = new Slow();
    double seconds = ProductSpeed.secondsPerOperation(products, ElementType.BFLOAT16);
    assertThat(products.calls).hasValue(3);
    assertThat(seconds * 3 * 2 * 256 * 512 * 512).isBetween(1.2, 12.0);
  }

  private static final class Slow implements Products {
    final AtomicInteger calls = new AtomicInteger();

    private void call() {
      calls.incrementAndGet();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
      for (long left = 1; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }

    @Override
    public boolean takes(ElementType type) {
      return true;
    }

    @Override
    public void times(Matrix a, Matrix b, float keep, Matrix out) {
      call();
    }

    @Override
    public void timesTransposed(Matrix a, Matrix b, float keep, Matrix out) {
      call();
    }

    @Override
    public void affine(Matrix a, Matrix b, MemorySegment bias, Matrix out) {
      call();
    }

    @Override
    public void transposedTimes(Matrix a, Matrix b, float keep, Matrix out) {
      call();
    }
  }
}
