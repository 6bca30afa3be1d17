package org.regularizedvi.data;

import java.nio.file.Path;
import java.util.List;

/** Copies an .h5ad and adds to the copy, all or nothing. */
public final class H5adCopy {
  private H5adCopy() {}

  public static void write(Path input, Path target, List<Addition> additions, boolean overwrite) {
    throw new UnsupportedOperationException("Not built yet");
  }
}
