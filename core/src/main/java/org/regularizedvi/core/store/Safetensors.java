package org.regularizedvi.core.store;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes the safetensors format, float32 only: the length of the header in 8 bytes,
 * little-endian; the header, a JSON object from names to type, shape and byte range; the values.
 *
 * <p>Source: the format's description at huggingface.co/docs/safetensors.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The format's own limit on headers. */
  private static final long LARGEST_HEADER = 100_000_000;

  private static final int PIECE = 1 << 20;
  private static final ValueLayout.OfFloat STORED =
      JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Safetensors() {}

  /**
   * Describes a tensor.
   *
   * @param shape the size of each dimension
   * @param source gives the values in row-major order, as many as the shape says, float32 in the
   *     machine's byte order; it may make them anew each time
   */
  public record Entry(long[] shape, Supplier<MemorySegment> source) {
    /**
     * Makes a tensor of values in the heap.
     *
     * @param shape the size of each dimension
     * @param values the values in row-major order
     */
    public Entry(long[] shape, float[] values) {
      this(shape, () -> MemorySegment.ofArray(values));
    }

    /**
     * {@return a tensor of one dimension}
     *
     * @param memory holds its values, float32
     */
    public static Entry flat(MemorySegment memory) {
      return new Entry(new long[] {memory.byteSize() / Float.BYTES}, () -> memory);
    }

    /** {@return the values; a copy where they lie in native memory} */
    public float[] values() {
      MemorySegment memory = source.get();
      return memory.heapBase().map(float[].class::cast).orElseGet(() -> memory.toArray(JAVA_FLOAT));
    }

    private long bytes() {
      return Float.BYTES * Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  /**
   * Writes tensors one after the other, piece by piece from where they lie.
   *
   * @param file the file to make
   * @param tensors the tensors by name, in the order of the file
   * @throws IOException when the file cannot be written
   */
  public static void write(Path file, SequencedMap<String, Entry> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Entry> entry : tensors.entrySet()) {
      ObjectNode tensor = header.putObject(entry.getKey());
      tensor.put("dtype", "F32");
      ArrayNode shape = tensor.putArray("shape");
      for (long length : entry.getValue().shape()) {
        shape.add(length);
      }
      long end = offset + entry.getValue().bytes();
      tensor.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    // The values start on a multiple of 8 bytes; spaces may follow the JSON.
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(channel, head.flip());
      ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
      for (Entry tensor : tensors.values()) {
        MemorySegment values = tensor.source().get();
        if (values.byteSize() != tensor.bytes()) {
          throw new IllegalStateException(
              "A tensor of shape %s has %d bytes"
                  .formatted(Arrays.toString(tensor.shape()), values.byteSize()));
        }
        writeValues(channel, values, piece);
      }
      channel.force(true);
    }
  }

  private static void writeValues(FileChannel channel, MemorySegment values, ByteBuffer piece)
      throws IOException {
    for (long at = 0; at < values.byteSize(); at += PIECE) {
      int bytes = (int) Math.min(PIECE, values.byteSize() - at);
      MemorySegment.copy(
          values,
          JAVA_FLOAT,
          at,
          MemorySegment.ofBuffer(piece.clear()),
          STORED,
          0,
          bytes / Float.BYTES);
      writeAll(channel, piece.limit(bytes));
    }
  }

  /**
   * Reads all tensors. It checks every size against the file before it takes memory.
   *
   * @param file the file
   * @return the tensors by name, in the order of the file
   * @throws IOException when the file cannot be read
   * @throws InputException when the file is not whole or not of this format
   */
  public static SequencedMap<String, Entry> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Source source = new Source(file, channel, ByteBuffer.allocateDirect(PIECE));
      long length = channel.size();
      long headerLength = length < 8 ? -1 : source.bytes(0, 8).getLong();
      if (headerLength < 2 || headerLength > LARGEST_HEADER || 8 + headerLength > length) {
        throw damaged(file, "its header says %d bytes of %d".formatted(headerLength, length));
      }
      JsonNode header = parse(file, source.bytes(8, (int) headerLength));
      SequencedMap<String, Entry> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : header.properties()) {
        if (!field.getKey().equals("__metadata__")) {
          tensors.put(
              field.getKey(),
              entry(source, field.getKey(), field.getValue(), 8 + headerLength, length));
        }
      }
      return tensors;
    }
  }

  private static JsonNode parse(Path file, ByteBuffer bytes) throws IOException {
    JsonNode header = JSON.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
    if (header == null || !header.isObject()) {
      throw damaged(file, "its header is not a JSON object");
    }
    return header;
  }

  private static Entry entry(Source source, String name, JsonNode tensor, long start, long length)
      throws IOException {
    if (!"F32".equals(tensor.path("dtype").asText())) {
      throw damaged(source.file, "tensor '%s' is not float32".formatted(name));
    }
    long from = tensor.path("data_offsets").path(0).asLong(-1);
    long to = tensor.path("data_offsets").path(1).asLong(-1);
    JsonNode lengths = tensor.path("shape");
    long[] shape = new long[lengths.size()];
    double size = 1;
    for (int d = 0; d < shape.length; d++) {
      shape[d] = lengths.get(d).asLong(-1);
      size *= shape[d];
    }
    if (from < 0
        || to < from
        || start + to > length
        || to - from != 4 * size
        || size > Integer.MAX_VALUE / 4.0) {
      throw damaged(
          source.file, "tensor '%s' does not fit bytes %d to %d".formatted(name, from, to));
    }
    return new Entry(shape, source.floats(start + from, (int) size));
  }

  /**
   * Is a file that is read.
   *
   * @param piece room for some of its bytes
   */
  private record Source(Path file, FileChannel channel, ByteBuffer piece) {
    ByteBuffer bytes(long from, int count) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
      fill(bytes, from);
      return bytes;
    }

    float[] floats(long from, int count) throws IOException {
      float[] floats = new float[count];
      MemorySegment values = MemorySegment.ofArray(floats);
      for (long at = 0; at < values.byteSize(); at += PIECE) {
        int bytes = (int) Math.min(PIECE, values.byteSize() - at);
        fill(piece.clear().limit(bytes), from + at);
        MemorySegment.copy(
            MemorySegment.ofBuffer(piece), STORED, 0, values, JAVA_FLOAT, at, bytes / Float.BYTES);
      }
      return floats;
    }

    private void fill(ByteBuffer bytes, long from) throws IOException {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, from + bytes.position()) < 0) {
          throw damaged(file, "it ends early");
        }
      }
      bytes.flip();
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static InputException damaged(Path file, String what) {
    return new InputException("%s is not a whole safetensors file: %s.".formatted(file, what));
  }
}
