package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFolder;
import org.regularizedvi.formats.hierarchy.Container;
import org.regularizedvi.formats.hierarchy.HierarchyContent;
import org.regularizedvi.input.InputException;

/** Reads Zarr stores, in a folder or a zip file, and writes them as folders. */
public final class ZarrContainer implements Container {
  private static final String FOLDER = ".zarr";

  @Override
  public List<String> endings() {
    return List.of(FOLDER, ".zarr.zip");
  }

  @Override
  public boolean isAt(Path place) {
    return ZarrFile.isAt(place);
  }

  @Override
  public ZarrFile open(Path place) {
    return ZarrFile.open(place);
  }

  /** A folder is replaced only if it is a store: what else is in it was never ours. */
  @Override
  public void requireTarget(Path target, IfExists ifExists) {
    if (!target.getFileName().toString().endsWith(FOLDER)) {
      throw new InputException(
          "Cannot write %s: Zarr stores in zip files are only read; expected a name that ends in .zarr, for a folder."
              .formatted(target));
    }
    WholeFolder.require(target);
    if (!Files.exists(target) || isEmpty(target)) {
      return;
    }
    if (ifExists == IfExists.REFUSE) {
      throw new InputException(
          "Will not write %s: it exists; choose another name, or overwrite it (--overwrite)."
              .formatted(target));
    }
    if (!Files.isDirectory(target) || !isAt(target)) {
      throw new InputException(
          "Will not replace %s: it is no Zarr store in a folder; choose another name."
              .formatted(target));
    }
  }

  private static boolean isEmpty(Path target) {
    try {
      return Files.isDirectory(target) && WholeFolder.isFree(target);
    } catch (IOException e) {
      throw new InputException("Cannot look into %s: %s".formatted(target, e), e);
    }
  }

  @Override
  public void write(Path target, IfExists ifExists, HierarchyContent content) {
    write(target, ifExists, content, _ -> {});
  }

  /** Copies every file of the store, known here or not. */
  @Override
  public void copy(Path input, Path target, IfExists ifExists, HierarchyContent change) {
    write(target, ifExists, change, folder -> StoreCopy.copy(input, folder));
  }

  private void write(
      Path target, IfExists ifExists, HierarchyContent content, Consumer<Path> before) {
    requireTarget(target, ifExists);
    try {
      WholeFolder.write(
          target,
          ifExists,
          folder -> {
            before.accept(folder);
            try (ZarrOutput out =
                ZarrFile.isAt(folder) ? ZarrOutput.append(folder) : ZarrOutput.create(folder)) {
              content.fill().accept(out);
            }
            content.check().accept(folder);
          });
    } catch (IOException e) {
      throw new InputException("Cannot write %s: %s".formatted(target, e), e);
    }
  }
}
