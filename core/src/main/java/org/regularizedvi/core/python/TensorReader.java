package org.regularizedvi.core.python;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.input.InputException;

/** Reads the tensors of a state_dict; each has a storage of its own, which must hold it whole. */
final class TensorReader {
  /** The rank of every tensor that a model has is at most this. */
  private static final int MOST_DIMENSIONS = 8;

  private final Storages storages;
  private final Set<String> seen = new HashSet<>();

  TensorReader(Storages storages) {
    this.storages = storages;
  }

  /**
   * {@return all tensors by name}
   *
   * <p>Left out is what nothing uses: what batch norm counts its batches by, and a store of Pyro's
   * parameters, which these models have none of.
   */
  SequencedMap<String, Safetensors.Entry> read(Content stateDict) {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    stateDict
        .all()
        .forEach(
            (name, tensor) -> {
              if (!name.endsWith(TensorWriter.BATCHES) && !name.equals(TensorWriter.PYRO)) {
                tensors.put(name, tensor(tensor));
              }
            });
    return tensors;
  }

  private Safetensors.Entry tensor(Content tensor) {
    List<Content> arguments =
        new Content(tensor.made(PyNames.TENSOR).arguments(), tensor.source(), tensor.where())
            .items();
    if (arguments.size() < 4 || !(arguments.getFirst().value() instanceof PyValue.Stored(var id))) {
      throw tensor.expected("a tensor with a storage");
    }
    List<Content> storage = new Content(id, tensor.source(), tensor.where()).items();
    if (storage.size() != 5
        || !(storage.get(1).value() instanceof PyValue.Named(String typeName))
        || !StorageType.known(typeName)) {
      throw tensor.expected("a tensor with a storage of float, double, long or int");
    }
    StorageType type = StorageType.of(typeName);
    String key = storage.get(2).text();
    long elements = storage.get(4).whole();
    long offset = arguments.get(1).whole();
    long[] shape = arguments.get(2).items().stream().mapToLong(Content::whole).toArray();
    long[] strides = arguments.get(3).items().stream().mapToLong(Content::whole).toArray();
    int size = size(tensor, shape, strides, offset, elements);
    if (!seen.add(key)) {
      throw new InputException(
          "%s: %s shares the storage %s with another tensor; each should have its own."
              .formatted(tensor.source(), tensor.where(), key));
    }
    ByteBuffer values =
        ByteBuffer.wrap(storages.storage(key, elements * type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    return new Safetensors.Entry(shape, values(values, type, shape, strides, (int) offset, size));
  }

  /** {@return the number of elements, after a check that all of them lie in the storage} */
  private static int size(
      Content tensor, long[] shape, long[] strides, long offset, long elements) {
    double size = 1;
    double last = offset;
    boolean valid =
        shape.length == strides.length
            && shape.length <= MOST_DIMENSIONS
            && offset >= 0
            && elements >= 0
            && elements <= Integer.MAX_VALUE / 8;
    for (int d = 0; valid && d < shape.length; d++) {
      valid = shape[d] >= 0 && strides[d] >= 0;
      size *= shape[d];
      last += (shape[d] - 1.0) * strides[d];
    }
    if (!valid || size > elements || size > 0 && last >= elements) {
      throw tensor.expected("a tensor that lies within its storage");
    }
    return (int) size;
  }

  private static float[] values(
      ByteBuffer storage, StorageType type, long[] shape, long[] strides, int offset, int size) {
    float[] values = new float[size];
    long[] place = new long[shape.length];
    long at = offset;
    for (int i = 0; i < size; i++) {
      values[i] = type.get(storage, (int) at);
      for (int d = shape.length - 1; d >= 0; d--) {
        at += strides[d];
        if (++place[d] < shape[d]) {
          break;
        }
        at -= strides[d] * place[d];
        place[d] = 0;
      }
    }
    return values;
  }
}
