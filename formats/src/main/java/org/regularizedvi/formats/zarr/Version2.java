package org.regularizedvi.formats.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an array's metadata of version 2, as <a
 * href="https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html">its specification</a> has it.
 */
final class Version2 {
  private static final String TEXTS = "vlen-utf8";

  private Version2() {}

  static ArrayMetadata read(Fields metadata) {
    long[] shape = metadata.lengths("shape");
    long[] chunk = ArrayMetadata.checkedChunk(metadata.lengths("chunks"), shape, metadata.where());
    List<ByteCodec> codecs = new ArrayList<>();
    boolean texts = false;
    for (Extension filter : metadata.extensions("filters")) {
      if (filter.name().equals(TEXTS) && !texts && codecs.isEmpty()) {
        texts = true;
      } else {
        codecs.add(ByteCodecs.of(filter));
      }
    }
    if (metadata.has("compressor")) {
      codecs.add(ByteCodecs.of(Extension.of(metadata.get("compressor"), "compressor", metadata)));
    }
    TypeNames.Ordered type = TypeNames.version2(metadata, texts);
    Transposition axes =
        metadata.oneOf("order", "C", "F").equals("C")
            ? Transposition.none(shape.length)
            : Transposition.reversed(shape.length);
    return new ArrayMetadata(
        shape,
        chunk,
        FillValue.of(metadata, type.format()),
        new Pipeline(type.format(), type.order(), axes, codecs),
        ChunkKeys.version2(metadata.oneOf("dimension_separator", ".", "/")),
        Optional.empty());
  }
}
