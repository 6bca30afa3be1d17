package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.CovariateEffects;
import org.regularizedvi.core.result.CovariateEffects.LibrarySizes;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.LearnedEffects;
import org.regularizedvi.core.term.Moments;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells what each covariate does in a model: what parameters say, and over cells the library sizes
 * of groups and each feature's mean rho, both at posterior means. Sums do not depend on threads.
 */
public final class CovariateInfluence {
  private CovariateInfluence() {}

  /**
   * Goes through cells; where one lacks a modality, it counts for nothing there.
   *
   * @param computation the model, opened
   * @param names of the modalities, in the order of the model
   * @param schema the keys and their categories
   * @param minibatches the cells
   * @param random of the draws that a logistic normal's mean is taken over
   * @return the effects in each modality
   */
  public static CovariateEffects of(
      Computation computation,
      List<String> names,
      Schema schema,
      Iterable<Minibatch> minibatches,
      CounterRandom random) {
    List<OneModality> all = new ArrayList<>();
    try (CellStates states = new CellStates(computation, random)) {
      for (ModalitySpec spec : computation.model().spec().modalities()) {
        all.add(new OneModality(computation, spec, schema));
      }
      for (Minibatch minibatch : minibatches) {
        CellState mean = states.encode(minibatch).mean();
        all.forEach(own -> own.add(minibatch, mean));
      }
      List<CovariateEffects.OfModality> modalities = new ArrayList<>();
      for (OneModality own : all) {
        LearnedEffects learned =
            LearnedEffects.of(own.spec, computation.model().parameters(), schema);
        modalities.add(own.result(names.get(own.spec.index()), learned));
      }
      return new CovariateEffects(modalities);
    } finally {
      all.forEach(own -> own.blocks.close());
    }
  }

  private static final class OneModality {
    private final ModalitySpec spec;
    private final CellDecoder decoder;
    private final CellBlocks blocks;
    private final List<String> groups;
    private final List<DoubleStream.Builder> logs = new ArrayList<>();
    private final double[] sumsG;
    private int cells;

    OneModality(Computation computation, ModalitySpec spec, Schema schema) {
      this.spec = spec;
      this.decoder = computation.decoder(spec.index());
      this.blocks = new CellBlocks(decoder);
      this.groups = schema.names(Purpose.LIBRARY_SIZE);
      this.sumsG = new double[spec.features()];
      groups.forEach(_ -> logs.add(DoubleStream.builder()));
    }

    void add(Minibatch minibatch, CellState mean) {
      boolean[] present = minibatch.present(spec.index());
      int[] group = minibatch.covariates().codes(Purpose.LIBRARY_SIZE)[0];
      float[] library = mean.librariesN().get(spec.index());
      for (int n = 0; n < present.length; n++) {
        if (present[n]) {
          logs.get(group[n]).add(library[n]);
          cells++;
        }
      }
      blocks
          .map(minibatch.size(), (from, to) -> sums(minibatch, mean.zNK(), present, from, to))
          .forEach(part -> Arrays.setAll(sumsG, g -> sumsG[g] + part[g]));
    }

    /** {@return the sums of rho over the rows {@code from} to {@code to - 1}} */
    private double[] sums(
        Minibatch minibatch, FloatMatrix zNK, boolean[] present, int from, int to) {
      FloatMatrix rho =
          decoder.scale(zNK.rows(from, to), CellBlocks.covariates(minibatch, from, to));
      double[] sums = new double[rho.columns()];
      for (int n = from; n < to; n++) {
        if (present[n]) {
          for (int g = 0; g < sums.length; g++) {
            sums[g] += rho.at(n - from, g);
          }
        }
      }
      return sums;
    }

    CovariateEffects.OfModality result(String name, LearnedEffects learned) {
      SequencedMap<String, LibrarySizes> sizes = new LinkedHashMap<>();
      for (int p = 0; p < groups.size(); p++) {
        double[] own = logs.get(p).build().toArray();
        if (own.length > 0) {
          double[] exp = Arrays.stream(own).map(Math::exp).toArray();
          sizes.put(groups.get(p), new LibrarySizes(own.length, Moments.of(exp), Moments.of(own)));
        }
      }
      return new CovariateEffects.OfModality(
          name, learned, sizes, Arrays.stream(sumsG).map(sum -> sum / cells).toArray());
    }
  }
}
