package org.regularizedvi.formats.zarr;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.formats.hierarchy.Container;

/** Zarr stores, in a folder or a zip file. */
public final class ZarrContainer implements Container {
  @Override
  public List<String> endings() {
    return List.of(".zarr", ".zarr.zip");
  }

  @Override
  public boolean isAt(Path place) {
    return ZarrFile.isAt(place);
  }

  @Override
  public ZarrFile open(Path place) {
    return ZarrFile.open(place);
  }
}
