package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regularizedvi.input.InputException;

/**
 * Reads an array's metadata of version 3, as <a
 * href="https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html">its specification</a> has
 * it.
 */
final class Version3 {
  private static final Set<String> KNOWN =
      Set.of(
          "zarr_format",
          "node_type",
          "shape",
          "data_type",
          "chunk_grid",
          "chunk_key_encoding",
          "fill_value",
          "codecs",
          "attributes",
          "storage_transformers",
          "dimension_names");

  private Version3() {}

  static ArrayMetadata read(Fields metadata) {
    requireUnderstood(metadata);
    long[] shape = metadata.lengths("shape");
    ElementFormat format = TypeNames.version3(metadata);
    Extension grid = Extension.of(metadata.get("chunk_grid"), "chunk_grid", metadata);
    if (!grid.name().equals("regular")) {
      throw metadata.unexpected("chunk_grid", "a regular grid");
    }
    long[] stored =
        ArrayMetadata.checkedChunk(grid.settings().lengths("chunk_shape"), shape, metadata.where());
    List<Extension> codecs = metadata.extensions("codecs");
    boolean sharded = codecs.size() == 1 && codecs.getFirst().name().equals(Sharding.NAME);
    Optional<Sharding> sharding =
        sharded ? Optional.of(Sharding.of(codecs.getFirst().settings(), stored)) : Optional.empty();
    return new ArrayMetadata(
        shape,
        sharding.map(Sharding::chunk).orElse(stored),
        FillValue.of(metadata, format),
        pipeline(format, sharding.map(Sharding::codecs).orElse(codecs), shape.length, metadata),
        keys(metadata),
        sharding);
  }

  /** Refuses what is not known here, unless it says that one may do without. */
  private static void requireUnderstood(Fields metadata) {
    metadata
        .json()
        .fieldNames()
        .forEachRemaining(
            name -> {
              boolean needed = metadata.get(name).path("must_understand").asBoolean(true);
              if (!KNOWN.contains(name) && needed) {
                throw metadata.unexpected(name, "nothing of that name");
              }
            });
    if (!metadata.extensions("storage_transformers").isEmpty()) {
      throw metadata.unexpected("storage_transformers", "none");
    }
  }

  private static ChunkKeys keys(Fields metadata) {
    Extension encoding =
        Extension.of(metadata.get("chunk_key_encoding"), "chunk_key_encoding", metadata);
    return switch (encoding.name()) {
      case "default" -> ChunkKeys.version3(encoding.settings().oneOf("separator", "/", "."));
      case "v2" -> ChunkKeys.version2(encoding.settings().oneOf("separator", ".", "/"));
      default -> throw metadata.unexpected("chunk_key_encoding", "\"default\" or \"v2\"");
    };
  }

  /** Reads the codecs: transpositions, then one that makes bytes of elements, then others. */
  static Pipeline pipeline(
      ElementFormat format, List<Extension> codecs, int rank, Fields metadata) {
    Transposition axes = Transposition.none(rank);
    int at = 0;
    while (at < codecs.size() && codecs.get(at).name().equals("transpose")) {
      axes = axes.then(transposition(codecs.get(at++).settings(), rank));
    }
    String expected = format.bytes() == ElementFormat.ANY ? "vlen-utf8" : "bytes";
    if (at == codecs.size() || !codecs.get(at).name().equals(expected)) {
      throw new InputException(
          "%s has its elements as %s by the codec '%s'; expected '%s'."
              .formatted(
                  metadata.where(),
                  format.type().describe(),
                  at == codecs.size() ? "" : codecs.get(at).name(),
                  expected));
    }
    boolean big = codecs.get(at++).settings().oneOf("endian", "little", "big").equals("big");
    List<ByteCodec> bytes = new ArrayList<>();
    codecs.subList(at, codecs.size()).forEach(codec -> bytes.add(ByteCodecs.of(codec)));
    return new Pipeline(format, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, axes, bytes);
  }

  private static Transposition transposition(Fields settings, int rank) {
    JsonNode order = settings.get("order");
    int[] axes = new int[order.size()];
    boolean[] seen = new boolean[rank];
    boolean fits = axes.length == rank;
    for (int i = 0; i < rank && fits; i++) {
      axes[i] = order.get(i).asInt(-1);
      fits = axes[i] >= 0 && axes[i] < rank && !seen[axes[i]];
      if (fits) {
        seen[axes[i]] = true;
      }
    }
    if (!fits) {
      throw settings.unexpected("order", "each of %d axes once".formatted(rank));
    }
    return new Transposition(axes);
  }
}
