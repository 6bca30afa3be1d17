package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFolder;
import org.regularizedvi.formats.hierarchy.Container;
import org.regularizedvi.formats.hierarchy.HierarchyContent;
import org.regularizedvi.input.InputException;

/** Reads and writes Zarr stores, in a folder or, where the name says so, in a zip file. */
public final class ZarrContainer implements Container {
  private static final String ZIP = ".zarr.zip";

  @Override
  public List<String> endings() {
    return List.of(".zarr", ZIP);
  }

  @Override
  public boolean isAt(Path place) {
    return ZarrFile.isAt(place);
  }

  @Override
  public ZarrFile open(Path place) {
    return ZarrFile.open(place);
  }

  private static boolean isZip(Path target) {
    return target.getFileName().toString().endsWith(ZIP);
  }

  /** A folder is replaced only if it is a store: what else is in it was never ours. */
  @Override
  public void requireTarget(Path target, IfExists ifExists) {
    if (isZip(target)) {
      AtomicFile.check(target, ifExists);
      return;
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
    if (isZip(target)) {
      AtomicFile.write(target, ifExists, file -> writeZip(file, content, before));
      return;
    }
    try {
      WholeFolder.write(target, ifExists, folder -> writeFolder(folder, content, before));
    } catch (IOException e) {
      throw new InputException("Cannot write %s: %s".formatted(target, e), e);
    }
  }

  /** Writes a folder beside the file first, in the workspace: what is in a zip file stays so. */
  private static void writeZip(Path file, HierarchyContent content, Consumer<Path> before) {
    Path folder = file.resolveSibling("store");
    try {
      Files.createDirectory(folder);
      fill(folder, content, before);
      ZipWriter.write(folder, file);
    } catch (IOException e) {
      throw new InputException("Cannot write %s: %s".formatted(file, e), e);
    }
    content.check().accept(file);
  }

  private static void writeFolder(Path folder, HierarchyContent content, Consumer<Path> before) {
    fill(folder, content, before);
    content.check().accept(folder);
  }

  private static void fill(Path folder, HierarchyContent content, Consumer<Path> before) {
    before.accept(folder);
    try (ZarrOutput out =
        ZarrFile.isAt(folder) ? ZarrOutput.append(folder) : ZarrOutput.create(folder)) {
      content.fill().accept(out);
    }
  }
}
