package org.regularizedvi.cli.reporting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.regularizedvi.analysis.GroupMixing;
import org.regularizedvi.analysis.IntegrationScores;
import org.regularizedvi.analysis.ScoredMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.result.ModalityAttribution;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.report.Attribution;
import org.regularizedvi.report.Course;
import org.regularizedvi.report.Curve;
import org.regularizedvi.report.Integration;
import org.regularizedvi.report.MapView;
import org.regularizedvi.report.ModalityFindings;
import org.regularizedvi.report.Report;
import org.regularizedvi.report.RunFacts;

/**
 * Asks a model all that a report shows. It goes through the cells some five times and keeps no
 * matrix of cells x features.
 *
 * @param model that is asked
 * @param source the cells of an open file
 * @param say is told, in a sentence each, of work that takes long and of cells that are drawn
 */
public record ReportMaker(RegularizedModel model, CellSource source, Consumer<String> say) {
  /** The metrics that are sums of others that are shown. */
  private static final Set<String> LEFT_OUT = Set.of("loss_train", "kl_local_train");

  /** The number of cells that the mixing is measured on, at most. */
  private static final int MIXED_CELLS = 2_000;

  /**
   * Makes the report, and all it needs.
   *
   * @param run when, where and by which command the model was trained
   * @param chosen what is shown where there is a choice
   * @return everything that the page, the figures and the metrics show
   * @throws org.regularizedvi.input.InputException when a column or feature to show is missing
   */
  public Report make(RunFacts run, Chosen chosen) {
    chosen.scores().ifPresent(keys -> IntegrationScores.require(source, keys));
    Embedding embedding = model.embed(source);
    LatentMap map =
        new LatentMap(model, source, Optional.empty(), chosen.scores(), chosen.mapCells(), say);
    return make(run, chosen, embedding, map.forReport(embedding.latent()));
  }

  /**
   * Makes the report of cells that have been embedded.
   *
   * @param run when, where and by which command the model was trained
   * @param chosen what is shown where there is a choice
   * @param embedding of the cells
   * @param found map of the latent representation, by {@link LatentMap#forReport}
   * @return everything that the page, the figures and the metrics show
   * @throws org.regularizedvi.input.InputException when a column or feature to show is missing
   */
  public Report make(RunFacts run, Chosen chosen, Embedding embedding, Optional<ScoredMap> found) {
    List<FeatureSums> sums =
        model.modalities().stream().map(name -> FeatureSums.of(source, name)).toList();
    SequencedMap<String, double[]> ambient = model.ambientFractions(source);
    List<MapView.Colour> more = new ArrayList<>();
    ambient.forEach((name, f) -> more.add(CellColours.numbers(title("ambient fraction", name), f)));
    for (Embedding.OfModality own : embedding.modalities()) {
      more.add(CellColours.numbers(title("library size", own.name()), own.librarySize()));
    }
    // The map first: it refuses what is wrong with the request before the longer work.
    MapView map = new MapMaker(model, source, chosen).make(found.map(ScoredMap::map), sums, more);
    Diagnosis diagnosis = model.diagnose(source, model.seed(), false);
    List<ModalityFindings> findings = new ArrayList<>();
    for (int m = 0; m < sums.size(); m++) {
      findings.add(
          new FindingsMaker(model, source, diagnosis, m)
              .make(sums.get(m), embedding.modalities().get(m), ambient));
    }
    return new Report(
        run,
        fit(diagnosis.evaluation()),
        new Course(curves(model.history()), model.history().keptEpoch()),
        new Integration(
            mixing(embedding.latent()),
            found.flatMap(ScoredMap::scores).map(ReportMaker::scores).orElse(List.of())),
        map,
        findings,
        attribution());
  }

  static String title(String what, String modality) {
    return modality.isEmpty() ? what : what + " of " + modality;
  }

  private static Report.Fit fit(Evaluation e) {
    return new Report.Fit(
        e.nCells(),
        e.elbo(),
        e.means().nats().entrySet().stream()
            .map(term -> term(term.getKey(), term.getValue()))
            .toList(),
        e.latent().activeDims(),
        e.latent().anyActiveDims(),
        e.latent().klPerDimension());
  }

  private static Report.Term term(CellTerm term, double nats) {
    return new Report.Term(term.key(), term.metric(), term.caption(), nats);
  }

  /**
   * {@return the metrics by their name without "_train", with those of the cells kept out beside
   * them}
   */
  private static List<Curve> curves(History history) {
    List<Curve> curves = new ArrayList<>();
    for (String metric : history.metrics()) {
      if (metric.endsWith("_train") && !LEFT_OUT.contains(metric)) {
        String name = metric.substring(0, metric.length() - "_train".length());
        String kept = name + "_validation";
        curves.add(
            new Curve(
                name,
                history.of(metric),
                history.has(kept) ? Optional.of(history.of(kept)) : Optional.empty()));
      } else if (metric.equals("lr")) {
        curves.add(new Curve(metric, history.of(metric), Optional.empty()));
      }
    }
    return curves;
  }

  private static List<Integration.Score> scores(IntegrationScores found) {
    return found.values().entrySet().stream()
        .map(
            score ->
                new Integration.Score(
                    score.getKey(),
                    found.columns(score.getKey()),
                    score.getValue(),
                    found.byChance(score.getKey())))
        .toList();
  }

  /** Measures the mixing of the batch key's groups, over cells spread evenly through the file. */
  private Optional<Integration.Mixing> mixing(FloatMatrix latent) {
    Optional<String> key = model.schema().keys().batchKey().filter(k -> mapping(k).isPresent());
    if (key.isEmpty()) {
      return Optional.empty();
    }
    int[] groups =
        mapping(key.get())
            .orElseThrow()
            .encode(
                source.cells().obs(key.get()), source.cells().source(), source.cells().obsNames());
    int[] cells = spread(latent);
    if (cells.length <= GroupMixing.NEIGHBOURS
        || Arrays.stream(cells).map(cell -> groups[cell]).distinct().count() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Integration.Mixing(
            key.get(), GroupMixing.inLatent(latent, cells, groups), cells.length));
  }

  /** {@return at most so many cells as are compared, of those whose latent numbers are known} */
  private static int[] spread(FloatMatrix latent) {
    int[] known =
        IntStream.range(0, latent.rows()).filter(row -> !Float.isNaN(latent.at(row, 0))).toArray();
    int cells = Math.min(MIXED_CELLS, known.length);
    return IntStream.range(0, cells)
        .map(i -> known[(int) ((long) i * known.length / cells)])
        .toArray();
  }

  private Optional<CategoryMapping> mapping(String key) {
    return Optional.ofNullable(model.schema().mappings().get(key)).filter(m -> m.size() > 1);
  }

  private Optional<Attribution> attribution() {
    if (model.modalities().size() < 2) {
      return Optional.empty();
    }
    List<ModalityAttribution> all = model.attribute(source).modalities();
    return Optional.of(
        new Attribution(
            all.stream().map(ModalityAttribution::modality).toList(),
            all.stream().map(a -> means(a.meanAbsoluteJacobian())).toArray(double[][]::new)));
  }

  /**
   * {@return the mean of each column over the rows that have numbers: cells that lack a modality
   * have none}
   */
  private static double[] means(FloatMatrix matrix) {
    double[] means = new double[matrix.columns()];
    for (int c = 0; c < means.length; c++) {
      int column = c;
      means[c] =
          IntStream.range(0, matrix.rows())
              .mapToDouble(r -> matrix.at(r, column))
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
    }
    return means;
  }
}
