package org.regularizedvi.core.start;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.counts.CountSummary;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;

/**
 * Holds what a trained modality takes from the counts of cells with new categories, in the units
 * that it has: the library prior of the new groups, and where their background starts.
 *
 * @param priors the priors, with the new groups behind the known ones, which are as they were
 * @param logBackground the log of the background, G x ambient categories; only the columns of new
 *     categories mean something, and of those only where cells have counts
 */
public record NewCategories(ModalityPriors priors, Optional<float[]> logBackground) {
  /**
   * Goes over the counts once.
   *
   * @param spec the modality in the larger model
   * @param known the priors of the trained model
   * @param counts the counts of the cells with new categories
   * @param covariates the keys' categories of each cell
   * @param library the categories of {@code library_size_key}, the new ones last
   * @param warnings is told about cells without counts
   * @return the priors and the background
   */
  public static NewCategories of(
      ModalitySpec spec,
      ModalityPriors known,
      Counts counts,
      Covariates covariates,
      CategoryMapping library,
      Consumer<String> warnings) {
    CountSummary.Ambient ambient = DataStarts.ambient(spec, covariates);
    CountSummary summary =
        CountSummary.of(counts, DataStarts.sizeFactors(covariates), ambient, false);
    int[] groups = covariates.codes(Purpose.LIBRARY_SIZE)[0];
    int[] fresh =
        IntStream.range(0, groups.length)
            .filter(n -> groups[n] >= known.library().logMeans().length)
            .toArray();
    LibraryPrior prior =
        known
            .library()
            .extended(
                IntStream.of(fresh).mapToDouble(n -> summary.totals()[n]).toArray(),
                IntStream.of(fresh).map(n -> groups[n]).toArray(),
                library,
                spec.config().priors(),
                warnings);
    // A cell's total is exp(l) times this; a size factor is exp(l) itself.
    double unit =
        covariates.hasSizeFactor()
            ? 1
            : Math.exp(known.library().globalLogMean() - known.library().logSensitivity());
    return new NewCategories(
        new ModalityPriors(
            prior,
            known.dispersion(),
            known.ambient().map(own -> own.extended(spec.categories().ambientColumns())),
            known.weightWidthG()),
        DataStarts.background(spec, counts, summary, ambient, unit));
  }
}
