package org.regularizedvi.data.h5ad;

import org.regularizedvi.data.Column;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.hdf5.H5File;

/** Picks the codec for a column by its encoding-type. */
final class Columns {
  private Columns() {}

  static Column read(H5File file, String path) {
    if (file.kind(path) == H5File.Kind.DATASET) {
      return ArrayCodec.read(file, path);
    }
    String encoding = Encodings.of(file, path);
    return switch (encoding) {
      case Encodings.CATEGORICAL -> CategoricalCodec.read(file, path);
      case Encodings.NULLABLE_INTEGER -> NullableCodec.integers(file, path);
      case Encodings.NULLABLE_BOOLEAN -> NullableCodec.flags(file, path);
      case Encodings.NULLABLE_STRING -> NullableCodec.texts(file, path);
      default ->
          throw new InputException(
              ("%s is stored as '%s'; expected an array, %s, %s, %s or %s.")
                  .formatted(
                      file.where(path),
                      encoding,
                      Encodings.CATEGORICAL,
                      Encodings.NULLABLE_INTEGER,
                      Encodings.NULLABLE_BOOLEAN,
                      Encodings.NULLABLE_STRING));
    };
  }
}
