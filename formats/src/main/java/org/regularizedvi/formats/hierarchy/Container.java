package org.regularizedvi.formats.hierarchy;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/** A way to keep a hierarchy on disk: in one file, or in a folder of many. */
public interface Container {
  /** Returns how names of such files or folders end, if they tell the container. */
  List<String> endings();

  /**
   * Tells by the content whether a file or folder is such a container.
   *
   * @throws InputException when it begins as one does, but cannot be read
   */
  boolean isAt(Path place);

  /**
   * Lets a file from outside pass that a process of its own could look through; does nothing where
   * no damage can end this process.
   *
   * @throws InputException when the file is damaged
   */
  default void requireWhole(Path place) {}

  /**
   * Opens a file or folder for reading; the caller closes it.
   *
   * @throws InputException when there is none, it is of another kind, or damaged
   */
  Hierarchy open(Path place);

  /**
   * Checks, before any work is done, that a file or folder may be written.
   *
   * @param ifExists what becomes of one that is there already
   * @throws InputException when it may not
   */
  void requireTarget(Path target, IfExists ifExists);

  /**
   * Writes a new file or folder, whole or not at all.
   *
   * @throws InputException as {@link #requireTarget}, or when the disk is full
   */
  void write(Path target, IfExists ifExists, HierarchyContent content);

  /**
   * Copies a file or folder of this container byte for byte and changes the copy, whole or not at
   * all; the input is only read.
   *
   * @throws InputException as {@link #requireTarget}, or when the disk is full
   */
  void copy(Path input, Path target, IfExists ifExists, HierarchyContent change);
}
