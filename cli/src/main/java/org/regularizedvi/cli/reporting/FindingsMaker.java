package org.regularizedvi.cli.reporting;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.term.LearnedTerms;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.report.ModalityFindings;

/**
 * Gathers what a report says of one modality.
 *
 * @param place of the modality among the model's
 */
record FindingsMaker(RegularizedModel model, CellSource source, Diagnosis diagnosis, int place) {

  ModalityFindings make(
      FeatureSums sums, Embedding.OfModality embedded, Map<String, double[]> ambient) {
    String name = model.modalities().get(place);
    LearnedTerms terms = model.learnedTerms(name);
    Diagnosis.OfModality own = diagnosis.modalities().get(place);
    return new ModalityFindings(
        name,
        model.features(name),
        diagnosis.evaluation().reconstructionOf()[place],
        own.libraryObsW(),
        new ModalityFindings.LibrarySizes(sums.totals(), embedded.librarySize()),
        dispersions(name, sums, terms),
        terms.background().map(b -> ambient(b, ambient.get(name), own)),
        terms
            .featureScaling()
            .map(t -> new ModalityFindings.Scaling(t.columns(), columns(t.values()))));
  }

  private ModalityFindings.Dispersions dispersions(
      String name, FeatureSums sums, LearnedTerms terms) {
    LearnedTerms.Term theta = terms.dispersion();
    List<String> inFile = source.features(name).varNames();
    Map<String, Integer> placeOf = new HashMap<>();
    IntStream.range(0, inFile.size()).forEach(g -> placeOf.put(inFile.get(g), g));
    double[] means =
        model.features(name).stream()
            .mapToDouble(f -> placeOf.containsKey(f) ? sums.means()[placeOf.get(f)] : 0)
            .toArray();
    double[] geometric = new double[means.length];
    for (int g = 0; g < geometric.length; g++) {
      double log = 0;
      for (int c = 0; c < theta.values().columns(); c++) {
        log += Math.log(theta.values().at(g, c)) / theta.values().columns();
      }
      geometric[g] = Math.exp(log);
    }
    return new ModalityFindings.Dispersions(
        terms.bursts()
            ? ModalityFindings.Noise.TECHNICAL_VARIANCE
            : ModalityFindings.Noise.INVERSE_DISPERSION,
        means,
        geometric,
        terms.priorDispersion());
  }

  private static ModalityFindings.Ambient ambient(
      LearnedTerms.Term background, double[] fractions, Diagnosis.OfModality own) {
    double[][] profiles = columns(background.values());
    for (double[] profile : profiles) {
      double sum = Arrays.stream(profile).sum();
      Arrays.setAll(profile, g -> profile[g] / sum);
    }
    return new ModalityFindings.Ambient(
        background.columns(), profiles, fractions, own.backgroundShare());
  }

  private static double[][] columns(FloatMatrix matrix) {
    return IntStream.range(0, matrix.columns())
        .mapToObj(
            c -> IntStream.range(0, matrix.rows()).mapToDouble(r -> matrix.at(r, c)).toArray())
        .toArray(double[][]::new);
  }
}
