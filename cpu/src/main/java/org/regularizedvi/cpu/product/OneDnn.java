package org.regularizedvi.cpu.product;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.regularizedvi.cpu.matrix.Bfloat16;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Shape.Addend;
import org.regularizedvi.files.system.Installed;
import org.regularizedvi.files.system.NativeLibrary;
import org.regularizedvi.files.system.Platform;
import org.regularizedvi.kernel.ElementType;

/**
 * Calls oneDNN: its gemm for float32, its matmul primitive for bfloat16, which is up to three times
 * as fast there as its gemm (DECISIONS/0020).
 */
final class OneDnn implements Gemm {
  static final NativeLibrary LIBRARY = of(Platform.here());

  private static final byte PLAIN = 'N';
  private static final byte TRANSPOSED = 'T';

  private final ThreadLocal<Matmuls> matmuls = ThreadLocal.withInitial(Matmuls::new);

  /**
   * Loads the library.
   *
   * @throws org.regularizedvi.input.InputException when it cannot be found or loaded
   */
  OneDnn() {
    LIBRARY.load();
  }

  /** {@return oneDNN as it is packed for a platform} */
  static NativeLibrary of(Platform platform) {
    List<String> files =
        switch (platform.system()) {
          case "windows" -> List.of("opencl/%s/OpenCL.dll", "dnnl/%s/dnnl.dll");
          case "macosx" -> List.of("dnnl/%s/libiomp5.dylib", "dnnl/%s/libdnnl.3.dylib");
          default ->
              List.of("opencl/%s/libOpenCL.so.1", "dnnl/%s/libgomp.so.1", "dnnl/%s/libdnnl.so.3");
        };
    return new NativeLibrary(
        "oneDNN",
        "3.0 or later",
        "regularizedvi.onednn.library",
        platform,
        files.stream().map(file -> "org/bytedeco/" + file.formatted(platform)).toList(),
        Installed.NOWHERE);
  }

  @Override
  public boolean takes(ElementType type) {
    if (type == ElementType.FLOAT32) {
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      Matrix some = Matrix.in(arena, type, 2, 2);
      run(Form.TIMES, some, some, 0, Matrix.in(arena, 2, 2));
      return true;
    } catch (OneDnnException e) {
      return false;
    }
  }

  @Override
  public void run(Form form, Matrix a, Matrix b, float keep, Matrix out) {
    Addend addend = keep == 0 ? Addend.NOTHING : Addend.OUT;
    try {
      oneThread();
      if (a.type() == ElementType.FLOAT32) {
        gemm(OneDnnFunctions.SGEMM, form, a, b, keep, out);
      } else {
        bfloat16(Shape.of(form, a, b, addend, out), a, b, MemorySegment.NULL, out);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Calling oneDNN", e);
    }
  }

  @Override
  public void affine(Matrix a, Matrix b, MemorySegment bias, Matrix out) {
    if (a.type() == ElementType.FLOAT32) {
      Gemm.super.affine(a, b, bias, out);
      return;
    }
    try {
      oneThread();
      bfloat16(Shape.of(Form.TIMES_TRANSPOSED, a, b, Addend.BIAS, out), a, b, bias, out);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Calling oneDNN", e);
    }
  }

  /** OpenMP's number of threads belongs to the calling thread; setting it takes nanoseconds. */
  private static void oneThread() throws Throwable {
    OneDnnFunctions.SET_THREADS.invokeExact(1);
  }

  private void bfloat16(Shape shape, Matrix a, Matrix b, MemorySegment bias, Matrix out)
      throws Throwable {
    if (shape.hasOneColumn()) {
      oneColumn(shape, a, b, bias, out);
    } else {
      matmuls.get().run(shape, a, b, bias, out);
    }
  }

  private static void oneColumn(Shape shape, Matrix a, Matrix b, MemorySegment bias, Matrix out)
      throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      Matrix sums = Matrix.in(arena, out.rows(), out.columns());
      switch (shape.addend()) {
        case NOTHING -> {}
        case OUT -> Bfloat16.convert(out, sums);
        case BIAS -> sums.fillRows(bias);
      }
      gemm(OneDnnFunctions.BFLOAT16_GEMM, shape.form(), a, b, 1, sums);
      Bfloat16.convert(sums, out);
    }
  }

  private static void gemm(MethodHandle gemm, Form form, Matrix a, Matrix b, float keep, Matrix out)
      throws Throwable {
    OneDnnException.check(
        (int)
            gemm.invokeExact(
                form.first() ? TRANSPOSED : PLAIN,
                form.second() ? TRANSPOSED : PLAIN,
                (long) out.rows(),
                (long) out.columns(),
                (long) (form.first() ? a.rows() : a.columns()),
                1f,
                a.memory(),
                (long) a.stride(),
                b.memory(),
                (long) b.stride(),
                keep,
                out.memory(),
                (long) out.stride()));
  }
}
