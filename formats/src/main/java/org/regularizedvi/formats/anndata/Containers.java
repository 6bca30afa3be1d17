package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.formats.hdf5.H5Container;
import org.regularizedvi.formats.hierarchy.Container;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.zarr.ZarrContainer;
import org.regularizedvi.input.InputException;

/** The containers that AnnData and MuData come in. */
public final class Containers {
  private static final Container HDF5 = new H5Container();
  private static final Container ZARR = new ZarrContainer();

  private Containers() {}

  /** Returns the container of a file or folder, if it is one. */
  public static Optional<Container> at(Path place) {
    return List.of(HDF5, ZARR).stream().filter(container -> container.isAt(place)).findFirst();
  }

  /**
   * Opens a file or folder for reading; one whose content tells no container is opened as what its
   * name says, which tells what is wrong with it.
   *
   * @throws InputException when there is none, it is in no container, or damaged
   */
  public static Hierarchy open(Path place) {
    return at(place).orElseGet(() -> named(place)).open(place);
  }

  private static Container named(Path place) {
    String name = place.getFileName().toString();
    return ZARR.endings().stream().anyMatch(name::endsWith) ? ZARR : HDF5;
  }

  /**
   * Lets a file pass unless it is so damaged that reading it could end this process.
   *
   * @throws InputException when it is damaged
   */
  public static void requireWhole(Path place) {
    at(place).ifPresent(container -> container.requireWhole(place));
  }
}
