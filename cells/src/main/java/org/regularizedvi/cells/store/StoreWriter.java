package org.regularizedvi.cells.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;
import org.regularizedvi.cells.CountDigest;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.SparseRows;

/**
 * Writes a store from its begin to its end, in one pass over each modality. It holds some hundred
 * rows at a time, and 16 bytes for each row of the modality.
 */
final class StoreWriter {
  private static final int ROWS_AT_ONCE = 512;
  private static final int BUFFER = 1 << 20;

  private final StoreFile file;
  private final List<StoredModality> modalities = new ArrayList<>();
  private final RowEncoder encoder = new RowEncoder();
  private final CRC32C sum = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  /** The place behind what is in the file. */
  private long written;

  /**
   * Begins a store.
   *
   * @param file empty
   */
  StoreWriter(StoreFile file) throws IOException {
    this.file = file;
    StoreFormat.writeHead(file);
    written = StoreFormat.HEAD;
  }

  /**
   * Writes the counts of a modality.
   *
   * @param name the name of the modality
   * @param reader of which nothing was read yet; the caller closes it
   */
  void add(String name, CountReader reader) throws IOException {
    long begin = written;
    RowIndex index = RowIndex.ofRows(reader.rows(), begin);
    CountDigest digest = new CountDigest(reader.rows(), reader.columns());
    long nonzeros = 0;
    int row = 0;
    // The digest takes as long as the packing, and neither needs the other.
    try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
      CompletableFuture<Void> digested = CompletableFuture.completedFuture(null);
      for (Optional<SparseRows> rows = reader.next(ROWS_AT_ONCE);
          rows.isPresent();
          rows = reader.next(ROWS_AT_ONCE)) {
        SparseRows block = rows.get();
        digested.join();
        digested = CompletableFuture.runAsync(() -> digest.add(block), beside);
        nonzeros += block.nonzeros();
        pack(block, row, index);
        row += block.rows();
      }
      digested.join();
    }
    drain();
    StoredModality modality =
        new StoredModality(
            name,
            reader.rows(),
            reader.columns(),
            new CountFacts(nonzeros, reader.fractional(), reader.rounded(), digest.hex()),
            index.write(file));
    modalities.add(modality);
    written = begin + modality.bytes();
  }

  private void pack(SparseRows block, int firstRow, RowIndex index) throws IOException {
    for (int r = 0; r < block.rows(); r++) {
      ByteBuffer packed = encoder.pack(block, r);
      sum.reset();
      sum.update(packed.duplicate());
      index.put(
          firstRow + r,
          packed.remaining(),
          block.indptr()[r + 1] - block.indptr()[r],
          (int) sum.getValue());
      append(packed);
    }
  }

  /** Ends the store. */
  void finish() throws IOException {
    StoreFormat.writeTable(file, modalities, written);
  }

  private void append(ByteBuffer packed) throws IOException {
    while (packed.hasRemaining()) {
      int some = Math.min(packed.remaining(), buffer.remaining());
      buffer.put(packed.slice(packed.position(), some));
      packed.position(packed.position() + some);
      if (!buffer.hasRemaining()) {
        drain();
      }
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    int bytes = buffer.limit();
    file.write(buffer, written);
    written += bytes;
    buffer.clear();
  }
}
