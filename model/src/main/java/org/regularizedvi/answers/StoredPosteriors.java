package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;

/**
 * Holds what the encoders made of the counts of some cells, so that the cells can be asked about
 * without their counts.
 *
 * @param posteriors of z and of the log library sizes of all cells, a row for each
 * @param totals the sum of each cell's counts in each modality, cells x modalities
 */
public record StoredPosteriors(Posteriors posteriors, FloatMatrix totals) {
  /**
   * Encodes cells.
   *
   * @param computation the model, opened
   * @param minibatches the cells, in the order of the result
   * @return what the encoders make of them
   */
  public static StoredPosteriors of(Computation computation, Iterable<Minibatch> minibatches) {
    List<Posteriors> parts = new ArrayList<>();
    List<FloatMatrix> totals = new ArrayList<>();
    try (CellEncoder encoder = computation.encoder()) {
      for (Minibatch minibatch : minibatches) {
        parts.add(encoder.encode(minibatch));
        int modalities = minibatch.totals().size();
        float[] sums = new float[minibatch.size() * modalities];
        for (int i = 0; i < sums.length; i++) {
          sums[i] = (float) minibatch.totals().get(i % modalities)[i / modalities];
        }
        totals.add(new FloatMatrix(minibatch.size(), modalities, sums));
      }
    }
    return new StoredPosteriors(
        new Posteriors(
            joinedPosteriors(parts.stream().map(Posteriors::latents).toList()),
            joinedPosteriors(parts.stream().map(Posteriors::libraries).toList())),
        joined(totals));
  }

  private static List<Posterior> joinedPosteriors(List<List<Posterior>> parts) {
    List<Posterior> all = new ArrayList<>();
    for (int e = 0; e < parts.getFirst().size(); e++) {
      int own = e;
      all.add(
          new Posterior(
              joined(parts.stream().map(part -> part.get(own).mean()).toList()),
              joined(parts.stream().map(part -> part.get(own).variance()).toList())));
    }
    return all;
  }

  private static FloatMatrix joined(List<FloatMatrix> parts) {
    int rows = parts.stream().mapToInt(FloatMatrix::rows).sum();
    FloatMatrix all = FloatMatrix.zeros("What the encoders give", rows, parts.getFirst().columns());
    int row = 0;
    for (FloatMatrix part : parts) {
      all.put(row, part.values(), 0, part.rows());
      row += part.rows();
    }
    return all;
  }

  /**
   * {@return the sum of each cell's counts in a modality}
   *
   * @param modality its place in the model
   */
  public float[] totals(int modality) {
    float[] own = new float[totals.rows()];
    for (int n = 0; n < own.length; n++) {
      own[n] = totals.at(n, modality);
    }
    return own;
  }

  /** {@return an encoder that looks cells up by their places} */
  CellEncoder encoder() {
    return new CellEncoder() {
      @Override
      public Posteriors encode(Minibatch minibatch) {
        return new Posteriors(
            rows(posteriors.latents(), minibatch.cells()),
            rows(posteriors.libraries(), minibatch.cells()));
      }

      @Override
      public void close() {
        // holds nothing
      }
    };
  }

  private static List<Posterior> rows(List<Posterior> all, int[] cells) {
    return all.stream()
        .map(q -> new Posterior(rows(q.mean(), cells), rows(q.variance(), cells)))
        .toList();
  }

  private static FloatMatrix rows(FloatMatrix all, int[] cells) {
    int columns = all.columns();
    float[] values = new float[cells.length * columns];
    for (int i = 0; i < cells.length; i++) {
      all.get(cells[i], values, i * columns);
    }
    return new FloatMatrix(cells.length, columns, values);
  }
}
