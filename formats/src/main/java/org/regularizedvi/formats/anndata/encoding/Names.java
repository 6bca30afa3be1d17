package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.input.InputException;

/** Checks names under which something can be stored in an HDF5 group. */
final class Names {
  private Names() {}

  /**
   * {@return the name}
   *
   * @throws InputException when HDF5 or anndata would take it for something else
   */
  static String checked(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0
        || name.equals(CategoricalCodec.OLD_CATEGORIES)) {
      throw new InputException(
          "The name '%s' cannot be used in an .h5ad or .h5mu file; expected one that is not empty, not '.' and has no '/'."
              .formatted(name));
    }
    return name;
  }
}
