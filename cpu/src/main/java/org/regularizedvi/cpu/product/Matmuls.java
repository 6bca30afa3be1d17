package org.regularizedvi.cpu.product;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.OneDnnFunctions.Primitives;

/**
 * Multiplies bfloat16 matrices on one thread: keeps the primitives of the shapes that came last,
 * and the scratch memory that they share.
 */
final class Matmuls {
  /** A step has about 20 shapes, and as many again for a last minibatch of fewer cells. */
  private static final int KEPT = 64;

  private static final long LINE_BYTES = 64;
  private static final int PROCESSOR = 1;
  private static final int IN_ORDER = 1;

  /** Serves all threads. */
  private static final MemorySegment ENGINE = engine();

  private final MemorySegment stream = stream();
  private final SequencedMap<Shape, Matmul> known = new LinkedHashMap<>();
  private MemorySegment scratch = MemorySegment.NULL;

  private static MemorySegment engine() {
    MemorySegment slot = Arena.global().allocate(ADDRESS);
    try {
      OneDnnException.check((int) Primitives.ENGINE_CREATE.invokeExact(slot, PROCESSOR, 0L));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Calling oneDNN", e);
    }
    return slot.get(ADDRESS, 0);
  }

  private static MemorySegment stream() {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment slot = call.allocate(ADDRESS);
      OneDnnException.check((int) Primitives.STREAM_CREATE.invokeExact(slot, ENGINE, IN_ORDER));
      return Matmul.made(slot, Arena.ofAuto(), Primitives.STREAM_DESTROY);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Calling oneDNN", e);
    }
  }

  /**
   * Multiplies.
   *
   * @param bias numbers of the columns, when the shape has them
   * @throws OneDnnException when this processor cannot multiply bfloat16
   */
  void run(Shape shape, Matrix a, Matrix b, MemorySegment bias, Matrix out) throws Throwable {
    Matmul matmul = known.get(shape);
    if (matmul == null) {
      matmul = new Matmul(shape, ENGINE);
      if (known.size() == KEPT) {
        known.pollFirstEntry();
      }
      known.put(shape, matmul);
      if (scratch.byteSize() < matmul.scratchBytes()) {
        scratch = Arena.ofAuto().allocate(matmul.scratchBytes(), LINE_BYTES);
      }
    }
    matmul.run(stream, a, b, bias, out, scratch);
  }
}
