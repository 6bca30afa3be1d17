package org.regularizedvi.core.shape;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.core.shape.ParameterSpec.Role;

/**
 * Holds a tensor of a model whose keys got more categories. Its old entries stay, to the bit, and
 * no longer follow gradients; those of a new category start at the mean of the key's old categories
 * and follow them.
 *
 * <p>A key of one category has no one-hot column. When it gets a second category, the column of the
 * first one is zero and stays so.
 *
 * @param spec the tensor of the larger model, with the part that follows its gradient
 * @param values the values of the whole tensor, row-major
 */
public record ExtendedTensor(ParameterSpec spec, float[] values) {

  /**
   * Makes the larger tensor.
   *
   * @param old the tensor as it was
   * @param wider the same tensor of the larger model
   * @param values the values of the old tensor, row-major
   * @return the larger tensor
   */
  public static ExtendedTensor of(ParameterSpec old, ParameterSpec wider, float[] values) {
    if (Arrays.equals(old.shape(), wider.shape())) {
      return new ExtendedTensor(frozen(wider), values);
    }
    CategoryAxis from = old.categories().orElseThrow();
    CategoryAxis to = wider.categories().orElseThrow();
    float[] all = new float[wider.size()];
    IntStream.Builder fresh = IntStream.builder();
    copy(old, range(0, from.offset()), values, wider, range(0, to.offset()), all);
    for (int key = 0; key < to.sizes().length; key++) {
      int known = from.sizes()[key];
      int first = to.first(key);
      int[] added = to.has(key) ? range(first + known, first + to.sizes()[key]) : new int[0];
      Arrays.stream(added).forEach(fresh::add);
      if (from.has(key)) {
        int[] places = range(from.first(key), from.first(key) + known);
        copy(old, places, values, wider, range(first, first + known), all);
        for (int place : added) {
          mean(old, places, values, wider, place, all);
        }
      }
    }
    if (wider.role() != Role.TRAINED) {
      return new ExtendedTensor(frozen(wider), all);
    }
    Slices part = new Slices(to.axis(), fresh.build().toArray());
    return new ExtendedTensor(wider.with(Role.TRAINED, Optional.of(part)), all);
  }

  private static ParameterSpec frozen(ParameterSpec spec) {
    return spec.role() == Role.UNUSED ? spec : spec.with(Role.FROZEN, Optional.empty());
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private static int[] entries(ParameterSpec spec, int... places) {
    return new Slices(spec.categories().orElseThrow().axis(), places).entries(spec.shape());
  }

  private static void copy(
      ParameterSpec old,
      int[] oldPlaces,
      float[] from,
      ParameterSpec wider,
      int[] places,
      float[] to) {
    int[] source = entries(old, oldPlaces);
    int[] target = entries(wider, places);
    for (int i = 0; i < target.length; i++) {
      to[target[i]] = from[source[i]];
    }
  }

  private static void mean(
      ParameterSpec old,
      int[] oldPlaces,
      float[] from,
      ParameterSpec wider,
      int place,
      float[] to) {
    int[] target = entries(wider, place);
    double[] sums = new double[target.length];
    for (int oldPlace : oldPlaces) {
      int[] source = entries(old, oldPlace);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += from[source[i]];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      to[target[i]] = (float) (sums[i] / oldPlaces.length);
    }
  }
}
