package org.regularizedvi.cpu.product;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.regularizedvi.files.system.Platform;

/**
 * Binds the functions of oneDNN's C interface that multiply matrices, as its dnnl.h declares them;
 * each returns a status, 0 when it did what it was asked.
 */
final class OneDnnFunctions {
  private static final SymbolLookup SYMBOLS = OneDnn.LIBRARY.load();

  static final MethodHandle SGEMM = gemm("dnnl_sgemm");
  static final MethodHandle BFLOAT16_GEMM = gemm("dnnl_gemm_bf16bf16f32");

  @SuppressWarnings("restricted") // calls into a native library by design
  static final MethodHandle SET_THREADS =
      Linker.nativeLinker()
          .downcallHandle(
              openMp().findOrThrow("omp_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));

  private OneDnnFunctions() {}

  /** {@return the OpenMP that oneDNN has loaded, which Windows alone does not find through it} */
  @SuppressWarnings("restricted") // calls into a native library by design
  private static SymbolLookup openMp() {
    return Platform.here().system().equals("windows")
        ? SymbolLookup.libraryLookup("vcomp140", Arena.global())
        : SYMBOLS;
  }

  private static MethodHandle gemm(String name) {
    return bind(
        name,
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
        JAVA_LONG);
  }

  private static MethodHandle bind(String name, MemoryLayout... arguments) {
    return result(JAVA_INT, name, arguments);
  }

  @SuppressWarnings("restricted") // calls into a native library by design
  private static MethodHandle result(MemoryLayout result, String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(SYMBOLS.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  /** Binds what makes and runs oneDNN's primitives, which only bfloat16 needs. */
  static final class Primitives {
    static final MethodHandle ENGINE_CREATE =
        bind("dnnl_engine_create", ADDRESS, JAVA_INT, JAVA_LONG);
    static final MethodHandle STREAM_CREATE =
        bind("dnnl_stream_create", ADDRESS, ADDRESS, JAVA_INT);
    static final MethodHandle STREAM_DESTROY = bind("dnnl_stream_destroy", ADDRESS);
    static final MethodHandle STREAM_WAIT = bind("dnnl_stream_wait", ADDRESS);
    static final MethodHandle DESCRIBE =
        bind("dnnl_memory_desc_create_with_strides", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle DESCRIPTION_DESTROY = bind("dnnl_memory_desc_destroy", ADDRESS);
    static final MethodHandle ATTRIBUTES_CREATE = bind("dnnl_primitive_attr_create", ADDRESS);
    static final MethodHandle ATTRIBUTES_DESTROY = bind("dnnl_primitive_attr_destroy", ADDRESS);
    static final MethodHandle SET_SCRATCHPAD_MODE =
        bind("dnnl_primitive_attr_set_scratchpad_mode", ADDRESS, JAVA_INT);
    static final MethodHandle POST_OPS_CREATE = bind("dnnl_post_ops_create", ADDRESS);
    static final MethodHandle POST_OPS_DESTROY = bind("dnnl_post_ops_destroy", ADDRESS);
    static final MethodHandle APPEND_SUM =
        bind("dnnl_post_ops_append_sum", ADDRESS, JAVA_FLOAT, JAVA_INT, JAVA_INT);
    static final MethodHandle SET_POST_OPS =
        bind("dnnl_primitive_attr_set_post_ops", ADDRESS, ADDRESS);
    static final MethodHandle MATMUL_CREATE =
        bind(
            "dnnl_matmul_primitive_desc_create",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    static final MethodHandle MATMUL_DESTROY = bind("dnnl_primitive_desc_destroy", ADDRESS);
    static final MethodHandle MATMUL_ASK =
        result(ADDRESS, "dnnl_primitive_desc_query_md", ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle SIZE = result(JAVA_LONG, "dnnl_memory_desc_get_size", ADDRESS);
    static final MethodHandle PRIMITIVE_CREATE = bind("dnnl_primitive_create", ADDRESS, ADDRESS);
    static final MethodHandle PRIMITIVE_DESTROY = bind("dnnl_primitive_destroy", ADDRESS);
    static final MethodHandle MEMORY_CREATE =
        bind("dnnl_memory_create", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle MEMORY_DESTROY = bind("dnnl_memory_destroy", ADDRESS);
    static final MethodHandle SET_DATA = bind("dnnl_memory_set_data_handle", ADDRESS, ADDRESS);
    static final MethodHandle EXECUTE =
        bind("dnnl_primitive_execute", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);

    private Primitives() {}
  }
}
