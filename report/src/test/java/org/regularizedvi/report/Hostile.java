package org.regularizedvi.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/** A small report whose every name is meant to break a page. */
final class Hostile {
  static final List<String> NAMES =
      List.of(
          "</script><script>alert(1)</script>",
          "<!-- <script>",
          "<img src=x onerror=alert(2)>",
          "\"quoted\" & 'single'",
          "two\nlines\r\n\ttab",
          "emoji \uD83E\uDDEC and \u202Eright to left",
          "{{data}} ${title} \\u003c \u0000 \u0007",
          "]]> %s %n",
          "=1+1,comma;");

  private Hostile() {}

  static List<Report.Term> terms(double reconstruction, double klZ, double klL) {
    return List.of(
        new Report.Term("reconstruction", "reconstruction_loss", "Reconstruction", reconstruction),
        new Report.Term("kl_z", "kl_z", "KL of z", klZ),
        new Report.Term("kl_l", "kl_l", "KL of l", klL));
  }

  static Report report() {
    int n = NAMES.size();
    int[] codes = new int[n];
    float[] x = new float[n];
    double[] totals = new double[n];
    for (int i = 0; i < n; i++) {
      codes[i] = i - 1;
      x[i] = i;
      totals[i] = 100 + i;
    }
    List<MapView.Colour> colours = new ArrayList<>();
    for (String name : NAMES) {
      colours.add(new MapView.Groups(name, codes, NAMES));
      colours.add(new MapView.Feature(name, x));
    }
    SequencedMap<String, String> pairs = new LinkedHashMap<>();
    NAMES.forEach(name -> pairs.put(name, name));
    SequencedMap<String, Double> shares = new LinkedHashMap<>();
    NAMES.forEach(name -> shares.put(name, 0.1));
    double[][] profiles = new double[n][];
    for (int i = 0; i < n; i++) {
      profiles[i] = totals.clone();
    }
    ModalityFindings findings =
        new ModalityFindings(
            NAMES.getFirst(),
            NAMES,
            5,
            OptionalDouble.of(0.5),
            new ModalityFindings.LibrarySizes(totals, totals),
            new ModalityFindings.Dispersions(
                ModalityFindings.Noise.INVERSE_DISPERSION, totals, totals, 9),
            Optional.of(new ModalityFindings.Ambient(NAMES, profiles, totals, shares)),
            Optional.of(new ModalityFindings.Scaling(NAMES, profiles)));
    return new Report(
        new RunFacts(NAMES.getFirst(), NAMES.get(2), pairs, pairs),
        new Report.Fit(n, 10, terms(8, 1.9, 0.1), 2.5, 3, new double[] {1, 0.5, 0.4}),
        new Course(
            List.of(
                new Curve(NAMES.get(2), new double[] {3, 2}, Optional.of(new double[] {4, 3})),
                new Curve("elbo", new double[] {12, 10}, Optional.empty())),
            2),
        new Integration(
            Optional.of(new Integration.Mixing(NAMES.getFirst(), 0.7, n)),
            List.of(new Integration.Score("ilisi", NAMES.get(2), 0.4, OptionalDouble.of(0.9)))),
        new MapView("about", "UMAP1", "UMAP2", x, x, colours),
        List.of(findings, findings),
        Optional.of(new Attribution(NAMES, profiles)));
  }
}
