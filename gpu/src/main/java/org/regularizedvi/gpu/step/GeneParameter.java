package org.regularizedvi.gpu.step;

import java.util.Optional;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * A parameter that each gene has for each category: as it is stored, its gradient, its table, and
 * sums for its prior.
 */
record GeneParameter(
    DeviceMemory raw,
    DeviceMemory gradient,
    DeviceMemory table,
    int genes,
    int categories,
    int geneStride,
    int categoryStride,
    int tableStride,
    int transform,
    DeviceMemory values,
    DeviceMemory logs) {
  static final int IDENTITY = 0;
  static final int EXP = 1;
  static final int SCALING = 2;

  /**
   * {@return a parameter}
   *
   * @param arena owns table and sums
   * @param small has the parameter
   * @param name its stored name
   * @param byGene whether it is stored gene by gene, else category by category
   * @param transform what the model makes of it
   * @param prior whether it has a prior, which asks for sums
   */
  static GeneParameter of(
      DeviceArena arena,
      SmallParameters small,
      String name,
      int genes,
      boolean byGene,
      int transform,
      boolean prior) {
    int categories = small.count(name) / genes;
    int stride = WideWeight.stride(genes);
    int pieces = Math.ceilDiv(genes, 256) * categories;
    return new GeneParameter(
        small.value(name),
        small.gradient(name),
        arena.words((long) categories * stride),
        genes,
        categories,
        byGene ? categories : 1,
        byGene ? 1 : genes,
        stride,
        transform,
        prior ? arena.doubles(pieces) : DeviceMemory.NONE,
        prior ? arena.doubles(pieces) : DeviceMemory.NONE);
  }

  Struct struct(Launches launches) {
    return launches.struct(
        raw,
        gradient,
        table,
        genes,
        categories,
        geneStride,
        categoryStride,
        tableStride,
        transform);
  }

  int blocks() {
    return Math.ceilDiv(genes, 256);
  }

  int pieces() {
    return blocks() * categories;
  }

  Struct prior(Launches launches, Optional<GammaPrior> prior) {
    return launches.struct(
        prior.map(own -> (float) own.beta()).orElse(0f),
        prior.map(own -> (float) (own.alpha() - 1)).orElse(0f),
        values,
        logs);
  }
}
