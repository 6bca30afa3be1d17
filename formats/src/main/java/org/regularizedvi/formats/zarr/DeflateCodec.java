package org.regularizedvi.formats.zarr;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Decodes deflate in the frames of gzip and of zlib, both with a checksum. */
enum DeflateCodec implements ByteCodec {
  GZIP {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new GZIPInputStream(in);
    }
  },
  ZLIB {
    @Override
    InputStream open(InputStream in) {
      return new InflaterInputStream(in);
    }
  };

  abstract InputStream open(InputStream in) throws IOException;

  @Override
  public byte[] decode(byte[] encoded, long size, Scratch scratch) {
    try (InputStream in = open(new ByteArrayInputStream(encoded))) {
      return Decoded.all(in, size);
    } catch (IOException e) {
      throw new DamagedChunk(
          "it is no %s (%s)".formatted(name().toLowerCase(Locale.ROOT), e.getMessage()), e);
    }
  }
}
