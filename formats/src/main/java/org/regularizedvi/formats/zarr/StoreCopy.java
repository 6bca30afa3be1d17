package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.regularizedvi.input.InputException;

/** Copies the values of a store byte for byte into an empty folder, whatever they mean. */
final class StoreCopy {
  private static final int PART = 1 << 24;

  private StoreCopy() {}

  /**
   * Copies a store.
   *
   * @param input a folder or zip file
   */
  static void copy(Path input, Path folder) {
    try (Store store = ZarrFile.store(input)) {
      copy(store, "", new FolderWriter(folder));
    } catch (IOException e) {
      throw new InputException("Cannot copy %s to %s: %s".formatted(input, folder, e), e);
    }
  }

  private static void copy(Store from, String key, FolderWriter to) throws IOException {
    for (String name : from.names(key)) {
      String at = Keys.within(key, name);
      OptionalLong size = from.size(at);
      if (size.isPresent()) {
        to.put(
            at,
            out -> {
              for (long done = 0; done < size.getAsLong(); ) {
                byte[] part = from.read(at, done, (int) Math.min(PART, size.getAsLong() - done));
                out.write(part);
                done += part.length;
              }
            });
      } else {
        copy(from, at, to);
      }
    }
  }
}
