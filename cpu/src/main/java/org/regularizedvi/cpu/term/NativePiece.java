package org.regularizedvi.cpu.term;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Replaces the numbers of a piece by a function of them, by way of native memory, where functions
 * of many numbers are computed.
 */
final class NativePiece {
  private static final long LINE_BYTES = 64;

  private final MemorySegment memory;

  /** Makes room for pieces of so many numbers. */
  NativePiece(int length) {
    memory = Arena.ofAuto().allocate((long) length * Float.BYTES, LINE_BYTES);
  }

  /** Replaces each of the first so many numbers u by exp(u). */
  void exp(float[] values, int count) {
    MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, count);
    VectorFunctions.exp(memory, 0, 0, memory, 0, count);
    MemorySegment.copy(memory, JAVA_FLOAT, 0, values, 0, count);
  }

  /** Replaces each of the first so many numbers v by log(v). */
  void log(float[] values, int count) {
    MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, count);
    VectorFunctions.log(memory, 0, memory, 0, count);
    MemorySegment.copy(memory, JAVA_FLOAT, 0, values, 0, count);
  }

  /** Replaces each of the first so many numbers a by softplus(a). */
  void softplus(float[] values, int count) {
    MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, count);
    VectorFunctions.softplus(memory, 0, memory, 0, count);
    MemorySegment.copy(memory, JAVA_FLOAT, 0, values, 0, count);
  }

  /** Replaces each of the first so many numbers a by 1 / (1 + exp(-a)). */
  void sigmoid(float[] values, int count) {
    MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, count);
    VectorFunctions.sigmoid(memory, 0, memory, 0, count);
    MemorySegment.copy(memory, JAVA_FLOAT, 0, values, 0, count);
  }
}
