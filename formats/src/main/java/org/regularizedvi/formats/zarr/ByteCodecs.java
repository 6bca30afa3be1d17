package org.regularizedvi.formats.zarr;

import org.regularizedvi.input.InputException;

/** Finds the codecs of bytes that are known here, by the names that both versions have for them. */
final class ByteCodecs {
  /** The prefix that Zarr 3 puts before the names of codecs that it has from numcodecs. */
  private static final String NUMCODECS = "numcodecs.";

  private ByteCodecs() {}

  /**
   * {@return a codec; how strongly it was applied does not matter for reading}
   *
   * @throws InputException when it is not known
   */
  static ByteCodec of(Extension codec) {
    String name = codec.name();
    return switch (name.startsWith(NUMCODECS) ? name.substring(NUMCODECS.length()) : name) {
      case "zstd" -> new ZstdCodec();
      case "gzip" -> DeflateCodec.GZIP;
      case "zlib" -> DeflateCodec.ZLIB;
      case "lz4" -> new Lz4Codec();
      case "blosc" -> new BloscCodec();
      case "crc32c" -> new Crc32cCodec();
      default ->
          throw new InputException(
              ("%s is stored with the codec '%s', which this program cannot decode; expected blosc,"
                      + " zstd, gzip, zlib, lz4 or crc32c. Save it again with one of them.")
                  .formatted(codec.settings().where(), name));
    };
  }
}
