package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.formats.hierarchy.StoredField;
import org.regularizedvi.input.InputException;

/**
 * Reads one open array of a Zarr store. Chunks are decoded by all threads there are; the last of a
 * box is kept, so that boxes read one after another decode none twice. A chunk that is missing
 * holds the array's fill value.
 */
public final class ZarrArray implements StoredArray {
  /** More than these in one box are the mark of a shape that nobody wrote. */
  private static final int MOST_MISSING = 1 << 17;

  private final ZarrFile file;
  private final Store store;
  private final String key;
  private final String where;
  private final Node node;
  private final ArrayMetadata metadata;
  private final ChunkSource chunks;
  private volatile Optional<Chunk> last = Optional.empty();
  private volatile boolean open = true;

  private record Chunk(long[] place, Elements elements) {}

  /** Opens an array. */
  ZarrArray(ZarrFile file, Store store, String key, String where, Node node) {
    this(file, store, key, where, node, ArrayMetadata.of(node));
  }

  private ZarrArray(
      ZarrFile file, Store store, String key, String where, Node node, ArrayMetadata metadata) {
    this.file = file;
    this.store = store;
    this.key = key;
    this.where = where;
    this.node = node;
    this.metadata = metadata;
    this.chunks =
        metadata
            .sharding()
            .<ChunkSource>map(sharding -> new Shards(store, key, metadata.keys(), sharding))
            .orElseGet(() -> new WholeChunks(store, key, metadata.keys()));
  }

  @Override
  public long[] shape() {
    return metadata.shape().clone();
  }

  @Override
  public long[] chunk() {
    return metadata.chunk().clone();
  }

  @Override
  public ElementType type() {
    return metadata.pipeline().format().type();
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public List<String> fields() {
    return recordFields().map(RecordField::name).filter(name -> !name.isEmpty()).toList();
  }

  private Stream<RecordField> recordFields() {
    return metadata.pipeline().format() instanceof ElementFormat.Record record
        ? record.fields().stream()
        : Stream.of();
  }

  @Override
  public StoredField field(String name) {
    RecordField field =
        recordFields().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return new ZarrField(
        new ZarrArray(
            file,
            store,
            key,
            "Field '%s' of %s".formatted(name, where),
            node,
            ArrayMetadata.ofField(node, field, type().bytes())));
  }

  @Override
  public float[] floats(long[] offset, long[] count) {
    requireNumbers();
    float[] out = new float[length(count, Float.BYTES)];
    read(offset, count, (chunk, from, n, to) -> chunk.floats(from, n, out, to));
    return out;
  }

  @Override
  public double[] doubles(long[] offset, long[] count) {
    requireNumbers();
    double[] out = new double[length(count, Double.BYTES)];
    read(offset, count, (chunk, from, n, to) -> chunk.doubles(from, n, out, to));
    return out;
  }

  @Override
  public int[] ints(long[] offset, long[] count) {
    requireNumbers();
    int[] out = new int[length(count, Integer.BYTES)];
    read(offset, count, (chunk, from, n, to) -> chunk.ints(from, n, out, to));
    return out;
  }

  @Override
  public long[] longs(long[] offset, long[] count) {
    requireNumbers();
    long[] out = new long[length(count, Long.BYTES)];
    read(offset, count, (chunk, from, n, to) -> chunk.longs(from, n, out, to));
    return out;
  }

  @Override
  public String[] strings() {
    require(type().kind() == ElementType.Kind.TEXT, "text");
    String[] out = new String[length(metadata.shape(), type().bytes())];
    read(
        new long[metadata.shape().length],
        metadata.shape(),
        (chunk, from, n, to) -> chunk.strings(from, n, out, to));
    return out;
  }

  private int length(long[] count, int bytesEach) {
    return Memory.arrayLength(Memory.elements(count, where), bytesEach, where);
  }

  private void requireNumbers() {
    require(type().numeric(), "numbers");
  }

  private void require(boolean fits, String expected) {
    if (!fits) {
      throw new InputException(
          "%s should hold %s, found %s.".formatted(where, expected, type().describe()));
    }
  }

  /** Takes {@code n} values of a chunk from one place to another. */
  private interface Take {
    void take(Elements chunk, int from, int n, int to);
  }

  private void read(long[] offset, long[] count, Take take) {
    requireOpen();
    Box box = new Box(offset, count, metadata.chunk());
    AtomicInteger missing = new AtomicInteger();
    Optional<Chunk> kept = last;
    long touched = box.chunks();
    AllThreads.run(
        touched,
        () -> {
          Scratch own = new Scratch();
          return i -> {
            long[] place = box.place(i);
            boolean keep = i == touched - 1;
            Optional<Elements> found =
                kept.filter(chunk -> Arrays.equals(chunk.place, place))
                    .map(Chunk::elements)
                    .or(() -> elements(place, keep ? new Scratch() : own));
            if (found.isEmpty() && missing.incrementAndGet() > MOST_MISSING) {
              throw new InputException(
                  "%s lacks more than %,d of its chunks; expected most to be there: the file is damaged."
                      .formatted(where, MOST_MISSING));
            }
            Elements elements = found.orElse(metadata.fill());
            box.runs(place, (from, n, to) -> take.take(elements, from, n, to));
            if (keep) {
              last = Optional.of(new Chunk(place, elements));
            }
          };
        });
  }

  private Optional<Elements> elements(long[] place, Scratch scratch) {
    try {
      return chunks.read(place).map(encoded -> decode(encoded, scratch));
    } catch (DamagedChunk e) {
      throw new InputException(
          "%s of %s is damaged: %s.".formatted(chunks.name(place), where, e.getMessage()), e);
    } catch (IOException e) {
      throw new InputException(
          "Reading %s of %s failed: %s.".formatted(chunks.name(place), where, e), e);
    }
  }

  private Elements decode(byte[] encoded, Scratch scratch) {
    long[] chunk = metadata.chunk();
    int each = Math.max(1, metadata.pipeline().format().bytes());
    String one = "A chunk of " + where;
    int count = Memory.arrayLength(Memory.elements(chunk, one), each, one);
    Memory.arrayLength((long) count * each, 1, one);
    return metadata.pipeline().decode(encoded, chunk, count, scratch);
  }

  private void requireOpen() {
    if (!open || !file.isOpen()) {
      throw new IllegalStateException(where + " is closed");
    }
  }

  @Override
  public void close() {
    open = false;
    last = Optional.empty();
  }
}
