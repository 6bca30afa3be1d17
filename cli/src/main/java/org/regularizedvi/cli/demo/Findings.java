package org.regularizedvi.cli.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.regularizedvi.analysis.GroupMixing;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.core.term.LearnedTerms;

/**
 * Holds what a trained model shows of the demonstration's cells.
 *
 * @param mixingBefore how well the conditions mix among nearest neighbours by their counts: 0
 *     apart, 1 as by chance
 * @param mixingAfter how well they mix in the latent representation, on the same scale
 * @param ambient a line for each condition with the genes whose background is most above the mean
 *     over conditions
 */
public record Findings(double mixingBefore, double mixingAfter, List<String> ambient) {
  private static final int GENES = 8;

  /** The file has one modality, which has no name. */
  private static final String ONLY = "";

  /**
   * Measures the cells of a file whose groups are in a column of obs.
   *
   * @param file the cells, of one modality without a name
   * @param key the column of obs that holds the groups
   * @param latent the latent representation, a row per cell
   * @param terms what the model learned of the features
   * @return mixing before and after, and the genes of the background
   */
  public static Findings of(CellSource file, String key, FloatMatrix latent, LearnedTerms terms) {
    CellTable cells = file.cells();
    int[] groups =
        CategoryMapping.fit(key, cells.obs(key), cells.source(), cells.obsNames())
            .encode(cells.obs(key), cells.source(), cells.obsNames());
    Counts counts = file.counts(ONLY);
    return new Findings(
        GroupMixing.byCounts(counts.slice(0, counts.rows()), groups),
        GroupMixing.inLatent(latent, IntStream.range(0, latent.rows()).toArray(), groups),
        terms.background().map(b -> ambient(b, file.features(ONLY).varNames())).orElse(List.of()));
  }

  private static List<String> ambient(LearnedTerms.Term background, List<String> genes) {
    List<String> lines = new ArrayList<>();
    FloatMatrix values = background.values();
    for (int c = 0; c < values.columns(); c++) {
      int column = c;
      List<String> top =
          IntStream.range(0, values.rows())
              .boxed()
              .sorted(Comparator.comparingDouble(g -> -aboveMean(values, g, column)))
              .limit(GENES)
              .map(genes::get)
              .toList();
      lines.add(
          String.format(
              Locale.ROOT, "%-9s %s", background.columns().get(c), String.join(", ", top)));
    }
    return lines;
  }

  private static double aboveMean(FloatMatrix values, int gene, int column) {
    double mean = 0;
    for (int c = 0; c < values.columns(); c++) {
      mean += values.at(gene, c) / values.columns();
    }
    return values.at(gene, column) - mean;
  }
}
