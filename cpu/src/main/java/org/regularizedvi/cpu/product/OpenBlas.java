package org.regularizedvi.cpu.product;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.files.system.Installed;
import org.regularizedvi.files.system.NativeLibrary;
import org.regularizedvi.files.system.Platform;
import org.regularizedvi.kernel.ElementType;

/** Calls OpenBLAS's gemm, for float32. */
final class OpenBlas implements Gemm {
  static final NativeLibrary LIBRARY = of(Platform.here());

  private static final int BY_ROWS = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

  /**
   * Loads the library and keeps it from starting threads of its own.
   *
   * @throws org.regularizedvi.input.InputException when it cannot be found or loaded
   */
  OpenBlas() {
    LIBRARY.load();
    try {
      Functions.SET_THREADS.invokeExact(1);
    } catch (Throwable e) {
      throw new IllegalStateException("Calling OpenBLAS", e);
    }
  }

  /** {@return OpenBLAS as it is packed for a platform} */
  static NativeLibrary of(Platform platform) {
    List<String> files =
        switch (platform.system()) {
          case "windows" -> List.of("libopenblas.dll");
          case "macosx" ->
              List.of(
                  "libgcc_s.1.1.dylib",
                  "libquadmath.0.dylib",
                  "libgfortran.5.dylib",
                  "libopenblas.0.dylib");
          default ->
              platform.processor().equals("x86_64")
                  ? List.of(
                      "libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0")
                  : List.of("libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0");
        };
    return new NativeLibrary(
        "OpenBLAS",
        "any",
        "regularizedvi.openblas.library",
        platform,
        files.stream().map("org/bytedeco/openblas/%s/%%s".formatted(platform)::formatted).toList(),
        Installed.NOWHERE);
  }

  /** Binds when first used, after the constructor has said what is wrong with the library. */
  private static final class Functions {
    private static final SymbolLookup SYMBOLS = LIBRARY.load();
    static final MethodHandle SGEMM =
        bind(
            "cblas_sgemm",
            FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT));
    static final MethodHandle SET_THREADS =
        bind("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));

    @SuppressWarnings("restricted") // calls into a native library by design
    private static MethodHandle bind(String name, FunctionDescriptor type) {
      return Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), type);
    }
  }

  @Override
  public boolean takes(ElementType type) {
    return type == ElementType.FLOAT32;
  }

  @Override
  public void run(Form form, Matrix a, Matrix b, float keep, Matrix out) {
    try {
      Functions.SGEMM.invokeExact(
          BY_ROWS,
          form.first() ? TRANSPOSED : PLAIN,
          form.second() ? TRANSPOSED : PLAIN,
          out.rows(),
          out.columns(),
          form.first() ? a.rows() : a.columns(),
          1f,
          a.memory(),
          a.stride(),
          b.memory(),
          b.stride(),
          keep,
          out.memory(),
          out.stride());
    } catch (Throwable e) {
      throw new IllegalStateException("Calling OpenBLAS", e);
    }
  }
}
