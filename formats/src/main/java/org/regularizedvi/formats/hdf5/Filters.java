package org.regularizedvi.formats.hdf5;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Decoders of LZF (h5py's own) and Zstandard chunks, registered with libhdf5, which has neither.
 */
final class Filters {
  private static final int LZF = 32000;
  private static final int ZSTD = 32015;

  /** Which of LZF's options is the size of a chunk. */
  private static final int LZF_CHUNK_BYTES = 2;

  private static final long CLASS_BYTES = 48;
  private static final long REVERSE = 0x100;

  /** Why the last decoder failed; guarded by {@link Hdf5Lock}. */
  private static Throwable failure;

  private Filters() {}

  static void register() {
    register(LZF, "lzf", "lzf");
    register(ZSTD, "zstd", "zstd");
  }

  /** Returns what a decoder threw since the last call. */
  static Optional<Throwable> takeFailure() {
    Optional<Throwable> taken = Optional.ofNullable(failure);
    failure = null;
    return taken;
  }

  /** Lays out H5Z_class2_t: version, id, encoder, decoder, name, can_apply, set_local, filter. */
  private static void register(int id, String name, String method) {
    MemorySegment filter = Arena.global().allocate(CLASS_BYTES, Long.BYTES);
    filter.set(JAVA_INT, 0, 1);
    filter.set(JAVA_INT, 4, id);
    filter.set(JAVA_INT, 12, 1);
    filter.set(ADDRESS, 16, Arena.global().allocateFrom(name));
    filter.set(ADDRESS, 40, stub(method));
    LibHdf5.FILTER_REGISTER.call(filter.address());
  }

  @SuppressWarnings("restricted")
  private static MemorySegment stub(String method) {
    MethodType type =
        MethodType.methodType(
            long.class,
            int.class,
            long.class,
            MemorySegment.class,
            long.class,
            MemorySegment.class,
            MemorySegment.class);
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().findStatic(Filters.class, method, type),
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The method is in this class", e);
    }
  }

  @SuppressWarnings("unused")
  private static long lzf(
      int flags, long n, MemorySegment options, long bytes, MemorySegment size, MemorySegment at) {
    return apply(encoded -> unlzf(encoded, n, options), flags, bytes, size, at);
  }

  /** h5py tells the size of a decoded chunk; libhdf5 would read on beyond a shorter one. */
  @SuppressWarnings("restricted")
  private static byte[] unlzf(byte[] encoded, long n, MemorySegment options) {
    byte[] decoded = Lzf.decode(encoded);
    if (n > LZF_CHUNK_BYTES) {
      MemorySegment told = options.reinterpret(n * Integer.BYTES);
      int expected = told.getAtIndex(JAVA_INT, LZF_CHUNK_BYTES);
      if (decoded.length != expected) {
        throw new IllegalArgumentException(
            "LZF chunk of %,d bytes, expected %,d".formatted(decoded.length, expected));
      }
    }
    return decoded;
  }

  @SuppressWarnings("unused")
  private static long zstd(
      int flags, long n, MemorySegment options, long bytes, MemorySegment size, MemorySegment at) {
    return apply(Filters::unzstd, flags, bytes, size, at);
  }

  private static byte[] unzstd(byte[] encoded) {
    ZstdJavaDecompressor decoder = new ZstdJavaDecompressor();
    long size = decoder.getDecompressedSize(encoded, 0, encoded.length);
    if (size < 0 || size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("Zstandard chunk of unknown or too large size: " + size);
    }
    byte[] decoded = new byte[(int) size];
    int found = decoder.decompress(encoded, 0, encoded.length, decoded, 0, decoded.length);
    if (found != size) {
      throw new IllegalArgumentException(
          "Zstandard chunk of %d bytes, announced %d".formatted(found, size));
    }
    return decoded;
  }

  private interface Decoder {
    byte[] decode(byte[] encoded);
  }

  /**
   * Replaces the chunk by its decoded form; 0 means failed, and nothing may be thrown into libhdf5.
   */
  @SuppressWarnings("restricted")
  private static long apply(
      Decoder decoder, int flags, long bytes, MemorySegment size, MemorySegment at) {
    try {
      if ((flags & REVERSE) == 0) {
        throw new IllegalStateException("Only reading is supported");
      }
      MemorySegment place = at.reinterpret(ADDRESS.byteSize());
      MemorySegment encoded = place.get(ADDRESS, 0).reinterpret(bytes);
      byte[] decoded = decoder.decode(encoded.toArray(JAVA_BYTE));
      long memory = LibHdf5.ALLOCATE.raw(decoded.length, 0);
      if (memory == 0) {
        throw new IllegalStateException("No memory for %d bytes".formatted(decoded.length));
      }
      MemorySegment.ofAddress(memory)
          .reinterpret(decoded.length)
          .copyFrom(MemorySegment.ofArray(decoded));
      LibHdf5.FREE.raw(encoded.address());
      place.set(JAVA_LONG, 0, memory);
      size.reinterpret(Long.BYTES).set(JAVA_LONG, 0, decoded.length);
      return decoded.length;
    } catch (Throwable t) {
      failure = t;
      return 0;
    }
  }
}
