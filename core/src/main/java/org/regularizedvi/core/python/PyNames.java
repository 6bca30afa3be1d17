package org.regularizedvi.core.python;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the names that may appear in the pickle of a saved model; there is nothing to call behind
 * them.
 */
final class PyNames {
  static final String ORDERED_DICT = "collections OrderedDict";
  static final String DEFAULT_DICT = "collections defaultdict";
  static final String DICT = "__builtin__ dict";
  static final String BYTES = "__builtin__ bytes";
  static final String SLICE = "__builtin__ slice";
  static final String ENCODE = "_codecs encode";
  static final String TENSOR = "torch._utils _rebuild_tensor_v2";
  static final String ARRAY = "numpy._core.multiarray _reconstruct";
  static final String NUMPY_SCALAR = "numpy._core.multiarray scalar";
  static final String NDARRAY = "numpy ndarray";
  static final String DTYPE = "numpy dtype";
  static final String FRAME = "pandas.core.frame DataFrame";
  static final String BLOCKS = "pandas.core.internals.managers BlockManager";
  static final String BLOCK = "pandas._libs.internals _unpickle_block";
  static final String NEW_INDEX = "pandas.core.indexes.base _new_Index";
  static final String INDEX = "pandas.core.indexes.base Index";
  static final String RANGE_INDEX = "pandas.core.indexes.range RangeIndex";

  private static final Set<String> ALLOWED =
      Set.of(
          ORDERED_DICT,
          DEFAULT_DICT,
          DICT,
          BYTES,
          SLICE,
          ENCODE,
          TENSOR,
          ARRAY,
          NUMPY_SCALAR,
          NDARRAY,
          DTYPE,
          FRAME,
          BLOCKS,
          BLOCK,
          NEW_INDEX,
          INDEX,
          RANGE_INDEX);

  /** Other versions of Python and NumPy have the same under another name. */
  private static final Map<String, String> SAME =
      Map.of(
          "builtins dict", DICT,
          "builtins bytes", BYTES,
          "builtins slice", SLICE,
          "numpy.core.multiarray _reconstruct", ARRAY,
          "numpy.core.multiarray scalar", NUMPY_SCALAR);

  private PyNames() {}

  /** {@return the name as this program calls it; empty for one that may not appear} */
  static Optional<String> known(String name) {
    String own = SAME.getOrDefault(name, name);
    return ALLOWED.contains(own) || StorageType.known(own) ? Optional.of(own) : Optional.empty();
  }
}
