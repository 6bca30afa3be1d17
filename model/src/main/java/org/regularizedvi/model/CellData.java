package org.regularizedvi.model;

import java.util.List;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountMatrix;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.schema.CovariateKeys;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.model.net.Minibatch;

/**
 * Cells as a model takes them: counts, names of the features, and the codes of the keys'
 * categories.
 *
 * @param source what to call the cells in messages, usually the file's name
 * @param features names of the columns of {@code counts}
 */
public record CellData(
    String source,
    CountMatrix counts,
    List<String> features,
    Schema schema,
    Covariates covariates) {

  /** Reads a file to train on: categories are those found in it. */
  public static CellData read(
      AnnDataFile file, CovariateKeys keys, CountSource source, CountChecks checks) {
    file.requireUniqueVarNames();
    Schema schema = Schema.fit(keys, file);
    return new CellData(
        file.source(), file.counts(source, checks), file.varNames(), schema, schema.encode(file));
  }

  /** Some of the cells, in the order given. */
  public Minibatch minibatch(int[] cells) {
    return new Minibatch(
        cells,
        List.of(counts.gather(cells)),
        List.of(counts.totals(cells)),
        covariates.gather(cells));
  }

  /**
   * The same, cells that share the genes' parameters side by side, which is how they are fastest.
   */
  public Minibatch minibatchByGroup(int[] cells) {
    return minibatch(covariates.byGroup(cells));
  }
}
