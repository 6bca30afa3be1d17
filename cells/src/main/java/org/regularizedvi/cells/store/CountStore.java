package org.regularizedvi.cells.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.files.DiskRoom;
import org.regularizedvi.files.TemporaryFile;
import org.regularizedvi.input.InputException;

/**
 * Keeps counts of one modality or several in a file of about a byte for each count, with their
 * bits, and reads any rows of them when they are asked for. Memory holds 16 bytes for each row.
 * Each row has a checksum, which is looked at before its counts are used.
 */
public final class CountStore implements AutoCloseable {
  private final Closeable file;
  private final StoreFile store;
  private final Map<String, StoredCounts> counts = new LinkedHashMap<>();

  private CountStore(Closeable file, StoreFile store) throws IOException {
    this.file = file;
    this.store = store;
    long begin = StoreFormat.HEAD;
    for (StoredModality modality : StoreFormat.readTable(store)) {
      RowIndex index = RowIndex.read(store, modality, begin);
      counts.put(
          modality.name(),
          new StoredCounts(new ModalityRows(store, modality, index), Optional.empty()));
      begin += modality.bytes();
    }
  }

  /**
   * Writes a store; a file that was not written to its end is no store.
   *
   * @param file the place of the file, where there is none
   * @param modalities opens the counts of each modality by its name; nothing of them may have been
   *     read
   * @throws InputException when a value is no count
   * @throws IOException when the file cannot be written
   */
  public static void write(Path file, SequencedMap<String, Supplier<CountReader>> modalities)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      StoreWriter writer = new StoreWriter(new StoreFile(channel, file.toString()));
      for (Map.Entry<String, Supplier<CountReader>> modality : modalities.entrySet()) {
        try (CountReader reader = modality.getValue().get()) {
          writer.add(modality.getKey(), reader);
        }
      }
      writer.finish();
    }
  }

  /**
   * Writes the counts of one modality into a temporary file, and opens it.
   *
   * @param folder where the file lies, made when it is missing
   * @param modality the name of the modality
   * @param reader of which nothing was read yet; the caller closes it
   * @return the store, whose file is gone when it is closed
   * @throws InputException when a value is no count, or the disk lacks the room
   */
  public static CountStore temporary(Path folder, String modality, CountReader reader) {
    TemporaryFile file = TemporaryFile.in(folder);
    StoreFile store = new StoreFile(file.channel(), "a temporary file in " + file.folder());
    try {
      DiskRoom.require(
          file.folder(),
          leastBytes(reader),
          "Counts that are kept on disk",
          "another folder can be chosen with --temp-dir");
      StoreWriter writer = new StoreWriter(store);
      writer.add(modality, reader);
      writer.finish();
    } catch (IOException e) {
      file.close();
      throw file.failed(e);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    return opened(file, store);
  }

  /**
   * {@return how many bytes counts take at least, which are not many fewer than they will take: a
   * count takes a byte or little more, and a row little more than 6 bytes in the index}
   *
   * @param reader of which nothing need be read
   */
  public static long leastBytes(CountReader reader) {
    return reader.stored() + (long) RowIndex.LEAST * reader.rows();
  }

  /**
   * Opens a store to read it.
   *
   * @param path the file
   * @return the store, to be closed
   * @throws InputException when there is none, or it is damaged
   */
  public static CountStore open(Path path) {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new InputException("Cannot read %s: %s".formatted(path, e), e);
    }
    return opened(channel, new StoreFile(channel, path.toString()));
  }

  private static CountStore opened(Closeable file, StoreFile store) {
    try {
      return new CountStore(file, store);
    } catch (IOException e) {
      InputException failed = store.failed(e);
      try {
        file.close();
      } catch (IOException again) {
        failed.addSuppressed(again);
      }
      throw failed;
    }
  }

  /** {@return the names of the modalities, in the order in which they were written} */
  public List<String> modalities() {
    return new ArrayList<>(counts.keySet());
  }

  /**
   * {@return the counts of a modality, to be used until this is closed}
   *
   * @param modality the name of the modality
   * @throws IllegalArgumentException when there is none of that name
   */
  public Counts counts(String modality) {
    if (!counts.containsKey(modality)) {
      throw new IllegalArgumentException(
          "%s has modalities %s, not '%s'".formatted(store.where(), modalities(), modality));
    }
    return counts.get(modality);
  }

  /** {@return the bytes of the file} */
  public long size() {
    try {
      return store.channel().size();
    } catch (IOException e) {
      throw store.failed(e);
    }
  }

  /** Closes the file; a temporary one is gone. Nobody may be reading. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw store.failed(e);
    }
  }
}
