package org.regularizedvi.cpu.product;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.OneDnnFunctions.Primitives;
import org.regularizedvi.cpu.product.Shape.Addend;
import org.regularizedvi.kernel.ElementType;

/**
 * Multiplies bfloat16 matrices of one shape on one thread: a primitive of oneDNN with its
 * arguments, which are destroyed when nobody can reach them any more.
 */
final class Matmul {
  // Constants of oneDNN's headers.
  private static final int BFLOAT16 = 2;
  private static final int FLOAT32 = 3;
  private static final int USERS_SCRATCHPAD = 1;
  private static final int SCRATCHPAD_DESCRIPTION = 136;
  private static final int SOURCE = 1;
  private static final int WEIGHTS = 33;
  private static final int DESTINATION = 17;
  private static final int SCRATCHPAD = 80;
  private static final int BIAS = 41;

  private static final long ARGUMENT_BYTES = 16;

  private final Arena own = Arena.ofAuto();
  private final MemorySegment primitive;
  private final MemorySegment a;
  private final MemorySegment b;
  private final MemorySegment out;
  private final MemorySegment scratch;
  private final Optional<MemorySegment> bias;
  private final MemorySegment arguments;
  private final int argumentCount;
  private final long scratchBytes;

  /**
   * Makes the primitive, in about a millisecond.
   *
   * @throws OneDnnException when this processor cannot multiply bfloat16
   */
  Matmul(Shape shape, MemorySegment engine) throws Throwable {
    Form form = shape.form();
    try (Arena call = Arena.ofConfined()) {
      MemorySegment first =
          matrix(call, shape.rows(), shape.inner(), form.first(), shape.firstStride(), BFLOAT16);
      MemorySegment second =
          matrix(
              call, shape.inner(), shape.columns(), form.second(), shape.secondStride(), BFLOAT16);
      int type = shape.out() == ElementType.BFLOAT16 ? BFLOAT16 : FLOAT32;
      MemorySegment result =
          matrix(call, shape.rows(), shape.columns(), false, shape.outStride(), type);
      MemorySegment slot = call.allocate(ADDRESS);
      MemorySegment attributes = attributes(shape.addend() == Addend.OUT, call);
      boolean biased = shape.addend() == Addend.BIAS;
      MemorySegment row = matrix(call, 1, shape.columns(), false, shape.columns(), FLOAT32);
      MemorySegment numbers = biased ? row : MemorySegment.NULL;
      OneDnnException.check(
          (int)
              Primitives.MATMUL_CREATE.invokeExact(
                  slot, engine, first, second, numbers, result, attributes));
      MemorySegment description = made(slot, call, Primitives.MATMUL_DESTROY);
      OneDnnException.check((int) Primitives.PRIMITIVE_CREATE.invokeExact(slot, description));
      primitive = made(slot, own, Primitives.PRIMITIVE_DESTROY);
      MemorySegment space =
          (MemorySegment) Primitives.MATMUL_ASK.invokeExact(description, SCRATCHPAD_DESCRIPTION, 0);
      scratchBytes = (long) Primitives.SIZE.invokeExact(space);
      a = memory(slot, first, engine);
      b = memory(slot, second, engine);
      out = memory(slot, result, engine);
      scratch = memory(slot, space, engine);
      bias = biased ? Optional.of(memory(slot, row, engine)) : Optional.empty();
    }
    argumentCount = bias.isPresent() ? 5 : 4;
    arguments = own.allocate(argumentCount * ARGUMENT_BYTES, ADDRESS.byteAlignment());
    argument(0, SOURCE, a);
    argument(1, WEIGHTS, b);
    argument(2, DESTINATION, out);
    argument(3, SCRATCHPAD, scratch);
    bias.ifPresent(memory -> argument(4, BIAS, memory));
  }

  /** Describes op(x), of so many rows and columns, where x has rows that are a stride apart. */
  private static MemorySegment matrix(
      Arena call, long rows, long columns, boolean transposed, long stride, int type)
      throws Throwable {
    MemorySegment slot = call.allocate(ADDRESS);
    MemorySegment sizes = call.allocateFrom(JAVA_LONG, rows, columns);
    MemorySegment strides =
        call.allocateFrom(JAVA_LONG, transposed ? 1 : stride, transposed ? stride : 1);
    OneDnnException.check((int) Primitives.DESCRIBE.invokeExact(slot, 2, sizes, type, strides));
    return made(slot, call, Primitives.DESCRIPTION_DESTROY);
  }

  private static MemorySegment attributes(boolean keeps, Arena call) throws Throwable {
    MemorySegment slot = call.allocate(ADDRESS);
    OneDnnException.check((int) Primitives.ATTRIBUTES_CREATE.invokeExact(slot));
    MemorySegment attributes = made(slot, call, Primitives.ATTRIBUTES_DESTROY);
    OneDnnException.check(
        (int) Primitives.SET_SCRATCHPAD_MODE.invokeExact(attributes, USERS_SCRATCHPAD));
    if (keeps) {
      OneDnnException.check((int) Primitives.POST_OPS_CREATE.invokeExact(slot));
      MemorySegment after = made(slot, call, Primitives.POST_OPS_DESTROY);
      OneDnnException.check((int) Primitives.APPEND_SUM.invokeExact(after, 1f, 0, 0));
      OneDnnException.check((int) Primitives.SET_POST_OPS.invokeExact(attributes, after));
    }
    return attributes;
  }

  private MemorySegment memory(MemorySegment slot, MemorySegment description, MemorySegment engine)
      throws Throwable {
    OneDnnException.check(
        (int) Primitives.MEMORY_CREATE.invokeExact(slot, description, engine, MemorySegment.NULL));
    return made(slot, own, Primitives.MEMORY_DESTROY);
  }

  private void argument(int place, int kind, MemorySegment memory) {
    arguments.set(JAVA_INT, place * ARGUMENT_BYTES, kind);
    arguments.set(ADDRESS, place * ARGUMENT_BYTES + ADDRESS.byteSize(), memory);
  }

  /** {@return what a function has made and put into a slot, to be destroyed with its owner} */
  @SuppressWarnings("restricted") // calls into a native library by design
  static MemorySegment made(MemorySegment slot, Arena owner, MethodHandle destroy) {
    return slot.get(ADDRESS, 0)
        .reinterpret(
            owner,
            object -> {
              try {
                OneDnnException.check((int) destroy.invokeExact(object));
              } catch (Throwable e) {
                throw new IllegalStateException("Destroying an object of oneDNN", e);
              }
            });
  }

  /** {@return the bytes of scratch that {@link #run} takes} */
  long scratchBytes() {
    return scratchBytes;
  }

  /**
   * Multiplies matrices of its shape.
   *
   * @param numbers the bias, when the shape has one
   * @param room at least {@link #scratchBytes} for scratch
   */
  void run(
      MemorySegment stream,
      Matrix first,
      Matrix second,
      MemorySegment numbers,
      Matrix result,
      MemorySegment room)
      throws Throwable {
    place(a, first.memory());
    place(b, second.memory());
    place(out, result.memory());
    place(scratch, room);
    if (bias.isPresent()) {
      place(bias.get(), numbers);
    }
    OneDnnException.check(
        (int) Primitives.EXECUTE.invokeExact(primitive, stream, argumentCount, arguments));
    OneDnnException.check((int) Primitives.STREAM_WAIT.invokeExact(stream));
  }

  private static void place(MemorySegment memory, MemorySegment data) throws Throwable {
    OneDnnException.check((int) Primitives.SET_DATA.invokeExact(memory, data));
  }
}
