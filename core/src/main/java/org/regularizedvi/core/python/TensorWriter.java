package org.regularizedvi.core.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.regularizedvi.core.store.Safetensors;

/** Writes tensors as a state_dict has them: contiguous, each in a storage of its own. */
final class TensorWriter {
  /** A count that PyTorch's batch norm keeps; with a fixed momentum nothing reads it. */
  static final String BATCHES = ".num_batches_tracked";

  /** Parameters of Pyro, which scvi-tools keeps a place for; these models have none. */
  static final String PYRO = "pyro_param_store";

  private TensorWriter() {}

  /** Holds a storage's type and its values. */
  record Storage(StorageType type, float[] values) {}

  /**
   * @param storages gets what the pickle refers to, by its place
   */
  static PyValue stateDict(
      SequencedMap<String, Safetensors.Entry> tensors, List<Storage> storages) {
    PyValue.Made dict = PyValue.Made.call(PyNames.ORDERED_DICT);
    for (Map.Entry<String, Safetensors.Entry> tensor : tensors.entrySet()) {
      String name = tensor.getKey();
      add(dict, name, tensor.getValue(), StorageType.FLOAT, storages);
      if (name.endsWith(".running_var")) {
        String layer = name.substring(0, name.lastIndexOf('.'));
        Safetensors.Entry none = new Safetensors.Entry(new long[0], new float[1]);
        add(dict, layer + BATCHES, none, StorageType.LONG, storages);
      }
    }
    PyValue empty =
        new PyValue.Dict()
            .with("params", new PyValue.Dict())
            .with("constraints", new PyValue.Dict());
    dict.entries().add(new PyValue.Entry(new PyValue.Text(PYRO), empty));
    return dict;
  }

  private static void add(
      PyValue.Made dict,
      String name,
      Safetensors.Entry tensor,
      StorageType type,
      List<Storage> storages) {
    long[] shape = tensor.shape();
    List<PyValue> lengths = new ArrayList<>();
    List<PyValue> strides = new ArrayList<>();
    long stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      lengths.addFirst(new PyValue.Whole(shape[d]));
      strides.addFirst(new PyValue.Whole(stride));
      stride *= shape[d];
    }
    PyValue storage =
        new PyValue.Stored(
            PyValue.Tuple.of(
                new PyValue.Text("storage"),
                new PyValue.Named(type.python()),
                new PyValue.Text(Integer.toString(storages.size())),
                new PyValue.Text("cpu"),
                new PyValue.Whole(tensor.values().length)));
    storages.add(new Storage(type, tensor.values()));
    dict.entries()
        .add(
            new PyValue.Entry(
                new PyValue.Text(name),
                PyValue.Made.call(
                    PyNames.TENSOR,
                    storage,
                    new PyValue.Whole(0),
                    new PyValue.Tuple(lengths),
                    new PyValue.Tuple(strides),
                    new PyValue.Truth(false),
                    PyValue.Made.call(PyNames.ORDERED_DICT))));
  }
}
