package org.regularizedvi.gpu.code;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Compiles CUDA C to PTX by the library of that name, which needs no card. */
final class Nvrtc {
  private final SymbolLookup library;

  /**
   * Loads the library.
   *
   * @param path of {@code libnvrtc.so.12}; its {@code libnvrtc-builtins.so} lies beside it
   */
  @SuppressWarnings("restricted") // calls into a native library by design
  Nvrtc(Path path) {
    this.library = SymbolLookup.libraryLookup(path, Arena.global());
  }

  @SuppressWarnings("restricted") // calls into a native library by design
  private int call(String name, Object... arguments) {
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = arguments[i] instanceof Integer ? JAVA_INT : ADDRESS;
    }
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, types))
              .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** {@return the version, as 12.1} */
  String version() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment major = arena.allocate(JAVA_INT);
      MemorySegment minor = arena.allocate(JAVA_INT);
      call("nvrtcVersion", major, minor);
      return major.get(JAVA_INT, 0) + "." + minor.get(JAVA_INT, 0);
    }
  }

  /**
   * {@return the PTX of a source}
   *
   * @param source CUDA C
   * @param options of the compiler
   * @throws IllegalStateException with what the compiler said, when it refuses the source
   */
  String compile(String source, List<String> options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      MemorySegment nothing = MemorySegment.NULL;
      call(
          "nvrtcCreateProgram",
          out,
          arena.allocateFrom(source),
          arena.allocateFrom("kernels.cu"),
          0,
          nothing,
          nothing);
      MemorySegment program = out.get(ADDRESS, 0);
      MemorySegment list = arena.allocate(ADDRESS, options.size());
      for (int i = 0; i < options.size(); i++) {
        list.setAtIndex(ADDRESS, i, arena.allocateFrom(options.get(i)));
      }
      int answer = call("nvrtcCompileProgram", program, options.size(), list);
      String said = text(arena, program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog");
      if (answer != 0) {
        throw new IllegalStateException("NVRTC refused the kernels:\n" + said);
      }
      return text(arena, program, "nvrtcGetPTXSize", "nvrtcGetPTX");
    }
  }

  private String text(Arena arena, MemorySegment program, String sizeOf, String get) {
    MemorySegment size = arena.allocate(JAVA_LONG);
    call(sizeOf, program, size);
    MemorySegment text = arena.allocate(Math.max(1, size.get(JAVA_LONG, 0)));
    call(get, program, text);
    byte[] bytes = text.toArray(JAVA_BYTE);
    return new String(bytes, 0, bytes.length - 1, StandardCharsets.US_ASCII);
  }
}
