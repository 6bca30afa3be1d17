package org.regularizedvi.core.shape;

/**
 * Names some places along one axis of a tensor, with everything that lies at them.
 *
 * @param axis the axis, counted from 0
 * @param places the places in ascending order
 */
public record Slices(int axis, int[] places) {
  /**
   * {@return where their entries stand in the tensor's row-major memory, in ascending order}
   *
   * @param shape the shape of the tensor
   */
  public int[] entries(long... shape) {
    int inner = 1;
    for (int a = axis + 1; a < shape.length; a++) {
      inner = Math.multiplyExact(inner, Math.toIntExact(shape[a]));
    }
    int length = Math.toIntExact(shape[axis]);
    int outer = 1;
    for (int a = 0; a < axis; a++) {
      outer = Math.multiplyExact(outer, Math.toIntExact(shape[a]));
    }
    int[] entries = new int[outer * places.length * inner];
    int next = 0;
    for (int o = 0; o < outer; o++) {
      for (int place : places) {
        for (int i = 0; i < inner; i++) {
          entries[next++] = (o * length + place) * inner + i;
        }
      }
    }
    return entries;
  }

  /**
   * {@return the same places in a tensor that lacks the first so many along the axis}
   *
   * @param first how many it lacks
   */
  public Slices behind(int first) {
    int[] moved = new int[places.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = places[i] - first;
    }
    return new Slices(axis, moved);
  }
}
