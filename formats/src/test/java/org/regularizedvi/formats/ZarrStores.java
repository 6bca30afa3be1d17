package org.regularizedvi.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stores that anndata and mudata wrote for these tests of what they had written as HDF5. */
public final class ZarrStores {
  public static final List<String> SINGLE =
      List.of(
          "rich",
          "rich_v110",
          "x_csc_u16",
          "x_csr_f32",
          "x_dense_f16",
          "x_dense_fortran",
          "no_obs_columns",
          "bad_no_x");
  public static final List<String> SEVERAL = List.of("same", "differing", "order");

  private static final Path FOLDER = Path.of("target/anndata-zarr");
  private static boolean made;

  private ZarrStores() {}

  /** Returns a store, or the HDF5 file with the same content. */
  public static synchronized Path of(String name) {
    if (!made) {
      List<Object> arguments = new ArrayList<>(List.of(FOLDER));
      SINGLE.forEach(each -> arguments.add(PythonFiles.file(each + ".h5ad")));
      SEVERAL.forEach(each -> arguments.add(PythonFiles.file(each + ".h5mu")));
      PythonEnvironment.run("make_anndata_zarr.py", arguments.toArray());
      made = true;
    }
    return FOLDER.resolve(name);
  }
}
