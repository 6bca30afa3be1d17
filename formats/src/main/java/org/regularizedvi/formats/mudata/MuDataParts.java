package org.regularizedvi.formats.mudata;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.TemporaryFile;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.anndata.Containers;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;

/**
 * Holds the parts of a .h5mu file as they are stored, before any cell is matched with another.
 *
 * @param shared the tables and annotations that all modalities share
 * @param modalities every modality, in the file's order
 */
record MuDataParts(Hierarchy file, AnnDataFile shared, SequencedMap<String, AnnDataFile> modalities)
    implements AutoCloseable {

  /**
   * Opens a file whose counts will not be read.
   *
   * @throws InputException when it is not a .h5mu file of modalities that share cells
   */
  static MuDataParts open(Path path) {
    return open(path, TemporaryFile.systemFolder());
  }

  /**
   * Opens a file.
   *
   * @param temporary the folder of temporary files for counts that are stored by columns
   * @throws InputException when it is not a .h5mu file of modalities that share cells
   */
  static MuDataParts open(Path path, Path temporary) {
    Hierarchy file = Containers.open(path);
    try {
      Modalities.requireSharedCells(file);
      SequencedMap<String, AnnDataFile> modalities = new LinkedHashMap<>();
      for (String name : Modalities.names(file)) {
        modalities.put(name, AnnDataFile.modality(file, name, temporary));
      }
      return new MuDataParts(file, AnnDataFile.shared(file), modalities);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * {@return a modality}
   *
   * @throws InputException when there is none of that name, with those there are
   */
  AnnDataFile modality(String name) {
    if (!modalities.containsKey(name)) {
      throw new InputException(
          "%s has no modality '%s'; it has %s."
              .formatted(file.path(), name, String.join(", ", modalities.keySet())));
    }
    return modalities.get(name);
  }

  /** Checks that additions have the right sizes and this file can take them. */
  void requireRoomFor(TableAdditions additions) {
    shared.requireRoomFor(additions.shared());
    for (Addition addition : additions.shared()) {
      String name = addition.name();
      boolean matrix = addition instanceof Addition.Obsm || addition instanceof Addition.Varm;
      if (matrix && modalities.containsKey(name)) {
        throw new InputException(
            "The matrix '%s' cannot be added to %s: under that name it has which cells or features modality '%s' has."
                .formatted(name, file.path(), name));
      }
    }
    additions.modalities().forEach((name, own) -> modality(name).requireRoomFor(own));
  }

  @Override
  public void close() {
    file.close();
  }
}
