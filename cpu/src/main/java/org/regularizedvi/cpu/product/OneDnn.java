package org.regularizedvi.cpu.product;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.files.system.NativeLibrary;
import org.regularizedvi.files.system.Platform;
import org.regularizedvi.kernel.ElementType;

/** Calls oneDNN's gemm, for float32 and, where the processor is fast at it, bfloat16. */
final class OneDnn implements Gemm {
  static final NativeLibrary LIBRARY = of(Platform.here());

  private static final byte PLAIN = 'N';
  private static final byte TRANSPOSED = 'T';

  private final boolean takesBfloat16;

  /**
   * Loads the library.
   *
   * @throws org.regularizedvi.input.InputException when it cannot be found or loaded
   */
  OneDnn() {
    LIBRARY.load();
    takesBfloat16 = tryBfloat16();
  }

  /** {@return oneDNN as it is packed for a platform} */
  static NativeLibrary of(Platform platform) {
    List<String> files =
        platform.system().equals("windows")
            ? List.of("opencl/%s/OpenCL.dll", "dnnl/%s/dnnl.dll")
            : List.of("opencl/%s/libOpenCL.so.1", "dnnl/%s/libgomp.so.1", "dnnl/%s/libdnnl.so.3");
    return new NativeLibrary(
        "oneDNN",
        "3.0 or later",
        "regularizedvi.onednn.library",
        platform,
        files.stream().map(file -> "org/bytedeco/" + file.formatted(platform)).toList());
  }

  /** Binds when first used, after the constructor has said what is wrong with the library. */
  private static final class Functions {
    private static final SymbolLookup SYMBOLS = LIBRARY.load();
    static final MethodHandle SGEMM = gemm("dnnl_sgemm");
    static final MethodHandle BFLOAT16_GEMM = gemm("dnnl_gemm_bf16bf16f32");
    static final MethodHandle SET_THREADS =
        bind(openMp(), "omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));

    /** {@return the OpenMP that oneDNN has loaded, which Windows alone does not find through it} */
    @SuppressWarnings("restricted") // calls into a native library by design
    private static SymbolLookup openMp() {
      return Platform.here().system().equals("windows")
          ? SymbolLookup.libraryLookup("vcomp140", Arena.global())
          : SYMBOLS;
    }

    private static MethodHandle gemm(String name) {
      return bind(
          SYMBOLS,
          name,
          FunctionDescriptor.of(
              JAVA_INT,
              JAVA_BYTE,
              JAVA_BYTE,
              JAVA_LONG,
              JAVA_LONG,
              JAVA_LONG,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_LONG,
              ADDRESS,
              JAVA_LONG,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_LONG));
    }

    @SuppressWarnings("restricted") // calls into a native library by design
    private static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor type) {
      return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }
  }

  private boolean tryBfloat16() {
    try (Arena arena = Arena.ofConfined()) {
      Matrix one = Matrix.in(arena, ElementType.BFLOAT16, 1, 1);
      return status(Form.TIMES, one, one, 0, Matrix.in(arena, 1, 1)) == 0;
    }
  }

  @Override
  public boolean takes(ElementType type) {
    return type == ElementType.FLOAT32 || takesBfloat16;
  }

  @Override
  public void run(Form form, Matrix a, Matrix b, float keep, Matrix out) {
    int status = status(form, a, b, keep, out);
    if (status != 0) {
      throw new IllegalStateException(
          "oneDNN refused a product of %s: %d".formatted(a.type(), status));
    }
  }

  private static int status(Form form, Matrix a, Matrix b, float keep, Matrix out) {
    byte first = form.first() ? TRANSPOSED : PLAIN;
    byte second = form.second() ? TRANSPOSED : PLAIN;
    long rows = out.rows();
    long columns = out.columns();
    long inner = form.first() ? a.rows() : a.columns();
    try {
      // OpenMP's number of threads belongs to the calling thread; setting it takes nanoseconds.
      Functions.SET_THREADS.invokeExact(1);
      return a.type() == ElementType.FLOAT32
          ? (int)
              Functions.SGEMM.invokeExact(
                  first,
                  second,
                  rows,
                  columns,
                  inner,
                  1f,
                  a.memory(),
                  (long) a.stride(),
                  b.memory(),
                  (long) b.stride(),
                  keep,
                  out.memory(),
                  (long) out.stride())
          : (int)
              Functions.BFLOAT16_GEMM.invokeExact(
                  first,
                  second,
                  rows,
                  columns,
                  inner,
                  1f,
                  a.memory(),
                  (long) a.stride(),
                  b.memory(),
                  (long) b.stride(),
                  keep,
                  out.memory(),
                  (long) out.stride());
    } catch (Throwable e) {
      throw new IllegalStateException("Calling oneDNN", e);
    }
  }
}
