package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.shape.LatentEncoder;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells where cells are in the latent space and how large their libraries are: the posterior means
 * of z and l. Of a logistic normal z the mean is that of the softmax of draws.
 */
public final class LatentRepresentation {
  private static final String NAME = "The latent representation";

  private LatentRepresentation() {}

  /**
   * Requires that the heap can hold the latents of cells: to be asked before a training that ends
   * with them.
   *
   * @param spec the networks
   * @param cells their number
   * @throws InputException when it cannot
   */
  public static void requireRoom(NetworkSpec spec, int cells) {
    FloatMatrix.requireRoom(NAME, cells, spec.jointLatent());
  }

  /**
   * Encodes cells.
   *
   * @param computation the model, opened
   * @param names of the modalities, in the order of the model
   * @param minibatches the cells, in the order of the result
   * @param cells their number
   * @param random of the draws that a logistic normal's mean is taken over
   * @return z of all cells and, for each modality, its part of z, the library size in counts and
   *     its weight; NaN where a cell lacks the modality
   * @throws InputException when the heap cannot hold them
   */
  public static Embedding of(
      Computation computation,
      List<String> names,
      Iterable<Minibatch> minibatches,
      int cells,
      CounterRandom random) {
    NetworkSpec spec = computation.model().spec();
    List<LatentEncoder> encoders = spec.latentEncoders();
    // The part of one encoder is the whole, or no modality's own.
    List<Rows> parts = new ArrayList<>();
    for (int e = 0; encoders.size() > 1 && e < encoders.size(); e++) {
      parts.add(new Rows(cells));
    }
    List<Rows> libraries = new ArrayList<>();
    spec.modalities().forEach(_ -> libraries.add(new Rows(cells)));
    Rows joint = new Rows(cells);
    Rows weights = new Rows(cells);
    try (CellStates states = new CellStates(computation, random)) {
      for (Minibatch minibatch : minibatches) {
        CellStates.Encoded encoded = states.encode(minibatch);
        List<FloatMatrix> means = encoded.latentMeans();
        for (int e = 0; e < parts.size(); e++) {
          boolean[] present = encoded.presence().any(encoders.get(e).modalities());
          parts.get(e).add(means.get(e).values(), present);
        }
        boolean[] all = new boolean[minibatch.size()];
        Arrays.fill(all, true);
        joint.add(encoded.joint(means).values(), all);
        encoded.weights(means).ifPresent(w -> weights.add(w.values(), all));
        List<float[]> librariesN = encoded.libraryMeans();
        for (int m = 0; m < libraries.size(); m++) {
          libraries.get(m).add(librariesN.get(m), encoded.presence().cells().get(m));
        }
      }
    }
    FloatMatrix whole = joint.matrix();
    List<Embedding.OfModality> modalities = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      Optional<FloatMatrix> own =
          parts.isEmpty()
              ? Optional.of(whole).filter(_ -> names.size() == 1)
              : Optional.of(parts.get(m).matrix());
      modalities.add(
          new Embedding.OfModality(names.get(m), own, libraries.get(m).exp(), weights.column(m)));
    }
    int unpredicted = spec.sideBySide() ? lacking(modalities) : 0;
    return new Embedding(whole, modalities, unpredicted);
  }

  /** {@return the number of cells that lack a modality} */
  private static int lacking(List<Embedding.OfModality> modalities) {
    int cells = modalities.getFirst().librarySize().length;
    return (int)
        IntStream.range(0, cells)
            .filter(n -> modalities.stream().anyMatch(own -> Double.isNaN(own.librarySize()[n])))
            .count();
  }

  /** Keeps a matrix that is filled from its first row to its last. */
  private static final class Rows {
    private final int rows;
    private FloatMatrix matrix = new FloatMatrix(0, 0, new float[0]);
    private int done;

    Rows(int rows) {
      this.rows = rows;
    }

    /** Takes the next rows in row-major order, NaN for cells that lack something. */
    void add(float[] some, boolean[] present) {
      int columns = some.length / present.length;
      if (done == 0) {
        matrix = FloatMatrix.zeros(NAME, rows, columns);
      }
      matrix.put(done, some, 0, present.length);
      float[] missing = new float[columns];
      Arrays.fill(missing, Float.NaN);
      for (int n = 0; n < present.length; n++) {
        if (!present[n]) {
          matrix.put(done + n, missing, 0, 1);
        }
      }
      done += present.length;
    }

    FloatMatrix matrix() {
      return matrix;
    }

    /** exp of a single column. */
    double[] exp() {
      double[] exp = new double[rows];
      for (int n = 0; n < rows; n++) {
        exp[n] = Math.exp(matrix.at(n, 0));
      }
      return exp;
    }

    /** {@return one column; empty when nothing was ever added} */
    Optional<double[]> column(int c) {
      if (matrix.columns() == 0) {
        return Optional.empty();
      }
      double[] column = new double[rows];
      for (int n = 0; n < rows; n++) {
        column[n] = matrix.at(n, c);
      }
      return Optional.of(column);
    }
  }
}
