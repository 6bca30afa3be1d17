package org.regularizedvi.reference.torch;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.FloatMatrix;

/** Converts between Java's numbers and tensors on the CPU. */
public final class Tensors {
  private Tensors() {}

  /**
   * Keeps a tensor alive beyond the pointer scope it was made in, until it is closed.
   *
   * @param tensor to be kept
   * @return the same tensor
   */
  public static Tensor keep(Tensor tensor) {
    tensor.retainReference();
    return tensor;
  }

  /**
   * Copies an array into a new float32 tensor.
   *
   * @param values row-major
   * @param shape sizes whose product is the number of values
   * @return the tensor
   */
  public static Tensor of(float[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  /**
   * {@return a float32 tensor over native memory that stays its owner's: valid only while the
   * memory is}
   *
   * @param memory float32
   * @param shape sizes whose product is the number of floats
   */
  public static Tensor over(MemorySegment memory, long... shape) {
    return torch.from_blob(new Address(memory), shape);
  }

  /** Tells the library's bindings where memory lies. */
  private static final class Address extends Pointer {
    Address(MemorySegment memory) {
      address = memory.address();
    }
  }

  /**
   * Copies a matrix into a new float32 tensor: rows x columns.
   *
   * @param matrix its values are copied
   * @return the tensor
   */
  public static Tensor of(FloatMatrix matrix) {
    return of(matrix.values(), matrix.rows(), matrix.columns());
  }

  /**
   * Copies indices into a new int64 tensor of one dimension.
   *
   * @param values the indices
   * @return the tensor
   */
  public static Tensor indices(int[] values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = values[i];
    }
    return Tensor.create(longs, longs.length);
  }

  /**
   * {@return a number as libtorch's operations take it}
   *
   * @param value the number
   */
  public static Scalar scalar(double value) {
    return new Scalar(value);
  }

  /**
   * Copies a tensor's values, in row-major order, rounded to float32.
   *
   * @param tensor of any type and shape
   * @return a number per element
   */
  public static float[] floats(Tensor tensor) {
    Tensor plain = tensor.detach().to(torch.ScalarType.Float).contiguous();
    float[] values = new float[Math.toIntExact(plain.numel())];
    if (values.length > 0) {
      try (FloatPointer data = plain.data_ptr_float()) {
        data.get(values);
      }
    }
    return values;
  }

  /**
   * Copies a matrix's values, rounded to float32.
   *
   * @param matrix of two dimensions, of any type
   * @return the numbers
   */
  public static FloatMatrix matrix(Tensor matrix) {
    return new FloatMatrix(
        Math.toIntExact(matrix.size(0)), Math.toIntExact(matrix.size(1)), floats(matrix));
  }

  /**
   * Copies a tensor's values, in row-major order.
   *
   * @param tensor of any type and shape
   * @return a number per element
   */
  public static double[] doubles(Tensor tensor) {
    Tensor plain = tensor.detach().to(torch.ScalarType.Double).contiguous();
    double[] values = new double[Math.toIntExact(plain.numel())];
    if (values.length > 0) {
      try (DoublePointer data = plain.data_ptr_double()) {
        data.get(values);
      }
    }
    return values;
  }

  /**
   * {@return the native memory of a contiguous tensor, in its own element type} Valid only while
   * the tensor is.
   *
   * @param tensor of any type and shape
   * @throws IllegalArgumentException when the tensor is not contiguous
   */
  @SuppressWarnings("restricted")
  public static MemorySegment memory(Tensor tensor) {
    if (!tensor.is_contiguous()) {
      throw new IllegalArgumentException("A tensor that is not contiguous has no plain memory");
    }
    return MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(tensor.nbytes());
  }
}
