package org.regularizedvi.formats.hdf5;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.formats.hierarchy.Container;

/** Opens HDF5 files, whose names end as what is in them has it. */
public final class H5Container implements Container {
  @Override
  public List<String> endings() {
    return List.of();
  }

  @Override
  public boolean isAt(Path place) {
    return H5File.isAt(place);
  }

  @Override
  public void requireWhole(Path place) {
    FileFence.require(place);
  }

  @Override
  public H5File open(Path place) {
    return H5File.open(place);
  }
}
