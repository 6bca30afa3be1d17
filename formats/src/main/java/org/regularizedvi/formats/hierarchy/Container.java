package org.regularizedvi.formats.hierarchy;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/** Keeps a hierarchy on disk: in one file, or in a folder of many. */
public interface Container {
  /** {@return the endings of the names of such files or folders, if they tell the container} */
  List<String> endings();

  /**
   * {@return whether a file or folder is such a container, by its content}
   *
   * @param place the place of the file or folder, which need not exist
   * @throws InputException when it begins as one does, but cannot be read
   */
  boolean isAt(Path place);

  /**
   * Opens a file or folder for reading; the caller closes it.
   *
   * @param place the place of the file or folder
   * @return what is in it
   * @throws InputException when there is none, it is of another kind, or damaged
   */
  Hierarchy open(Path place);

  /**
   * Checks, before any work is done, that a file or folder may be written.
   *
   * @param target the place of the output
   * @param ifExists what becomes of one that is there already
   * @throws InputException when it may not
   */
  void requireTarget(Path target, IfExists ifExists);

  /**
   * Writes a new file or folder, whole or not at all.
   *
   * @param target the place of the output
   * @param ifExists what becomes of one that is there already
   * @param content what is written
   * @throws InputException as {@link #requireTarget}, or when the disk is full
   */
  void write(Path target, IfExists ifExists, HierarchyContent content);

  /**
   * Copies a file or folder of this container byte for byte and changes the copy, whole or not at
   * all; the input is only read.
   *
   * @param input the place of the input
   * @param target the place of the copy
   * @param ifExists what becomes of one that is there already
   * @param change what is written into the copy
   * @throws InputException as {@link #requireTarget}, or when the disk is full
   */
  void copy(Path input, Path target, IfExists ifExists, HierarchyContent change);
}
