package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.hdf5.H5Container;
import org.regularizedvi.formats.hierarchy.Container;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyContent;
import org.regularizedvi.formats.hierarchy.TreeCopy;
import org.regularizedvi.formats.zarr.ZarrContainer;
import org.regularizedvi.input.InputException;

/** Finds the containers that AnnData and MuData come in. */
public final class Containers {
  private static final Container HDF5 = new H5Container();
  private static final Container ZARR = new ZarrContainer();

  private Containers() {}

  /**
   * {@return the container of a file or folder, by its content; empty when it is none}
   *
   * @param place the place of the file or folder, which need not exist
   */
  public static Optional<Container> at(Path place) {
    return List.of(HDF5, ZARR).stream().filter(container -> container.isAt(place)).findFirst();
  }

  /**
   * Opens a file or folder for reading; one whose content tells no container is opened as what its
   * name says, which tells what is wrong with it.
   *
   * @param place the place of the file or folder
   * @return what is in it, to be closed
   * @throws InputException when there is none, it is in no container, or damaged
   */
  public static Hierarchy open(Path place) {
    return at(place).orElseGet(() -> ofName(place)).open(place);
  }

  /**
   * {@return the endings of the names of files and folders of a format, its own in HDF5 first}
   *
   * @param hdf5 the ending of the format's HDF5 files
   */
  public static List<String> endings(String hdf5) {
    return Stream.concat(Stream.of(hdf5), ZARR.endings().stream()).toList();
  }

  /**
   * {@return the container that the name of a file or folder tells: HDF5 where none does}
   *
   * @param place the place of the file or folder, which need not exist
   */
  public static Container ofName(Path place) {
    String name = place.getFileName().toString();
    return ZARR.endings().stream().anyMatch(name::endsWith) ? ZARR : HDF5;
  }

  /**
   * Writes a new file or folder, as its name tells, whole or not at all.
   *
   * @param target the place of the output
   * @param ifExists what becomes of one that is there already
   * @param content what is written
   * @throws InputException when the target exists and may not be replaced, or cannot be written
   */
  public static void write(Path target, IfExists ifExists, HierarchyContent content) {
    ofName(target).write(target, ifExists, content);
  }

  /**
   * Copies a file or folder and changes the copy, whole or not at all; the input is only read. A
   * copy in the same container is one byte for byte, in another one value for value.
   *
   * @param input the place of the input
   * @param target the place of the copy, whose name tells its container
   * @param ifExists what becomes of one that is there already
   * @param change what is written into the copy
   * @throws InputException when the target is the input, exists and may not be replaced, or cannot
   *     be written
   */
  public static void copy(Path input, Path target, IfExists ifExists, HierarchyContent change) {
    Formats.requireOutput(input, target, ifExists);
    Container to = ofName(target);
    if (to == at(input).orElseThrow()) {
      to.copy(input, target, ifExists, change);
      return;
    }
    try (Hierarchy from = open(input)) {
      to.write(
          target,
          ifExists,
          new HierarchyContent(
              change.beginning(),
              change.bytes() + TreeCopy.bytes(from),
              out -> {
                TreeCopy.copy(from, out);
                change.fill().accept(out);
              },
              change.check()));
    }
  }
}
