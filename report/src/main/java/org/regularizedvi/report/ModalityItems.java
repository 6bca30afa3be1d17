package org.regularizedvi.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.report.Item.OfFigure;
import org.regularizedvi.report.Item.OfTable;
import org.regularizedvi.report.Item.Part;

/** Shows one modality in figures and tables. */
final class ModalityItems {
  private static final int TOP = 15;
  private static final int OUTLIERS = 30;
  private static final int BINS = 40;

  private final ModalityFindings modality;
  private final List<Item> items;

  private ModalityItems(ModalityFindings modality, List<Item> items) {
    this.modality = modality;
    this.items = items;
  }

  static void add(ModalityFindings modality, List<Item> items) {
    ModalityItems all = new ModalityItems(modality, items);
    all.library();
    modality.ambient().ifPresent(all::ambient);
    all.dispersion();
    modality.scaling().ifPresent(all::scaling);
  }

  private String id(String name) {
    return modality.name().isEmpty() ? name : name + "-" + Names.id(modality.name());
  }

  private String caption(String words) {
    return modality.name().isEmpty() ? words : modality.name() + ": " + words;
  }

  private void library() {
    double[] seen = modality.library().observed();
    double[] learned = modality.library().inferred();
    items.add(
        new OfFigure(
            Part.LIBRARY,
            new Figure(
                id("library-size"),
                caption(
                    "Library size as the model infers it, against the observed total of each cell"),
                "%,d cells; observed totals have a median of %.0f, inferred sizes of %.3g."
                    .formatted(seen.length, median(seen), median(learned)),
                Axis.log("observed total counts", seen),
                Axis.log("inferred library size", learned),
                List.of(new Figure.Dots("", Ink.BLUE, seen, learned)),
                Table.of(
                    new Table.Numbers("observed", seen), new Table.Numbers("inferred", learned)))));
  }

  private void dispersion() {
    ModalityFindings.Dispersions found = modality.dispersions();
    Axis x = Axis.log("mean count", found.mean());
    double[] ends = {x.from(), x.to()};
    double[] prior = {found.priorTheta(), found.priorTheta()};
    items.add(
        new OfFigure(
            Part.DISPERSION,
            new Figure(
                id("dispersion"),
                caption(found.noise().caption()),
                "%,d features; %s has a median of %.3g, where the prior alone would put it at %.3g."
                    .formatted(
                        found.theta().length,
                        found.noise().words(),
                        median(found.theta()),
                        found.priorTheta()),
                x,
                Axis.log(found.noise().axis(), found.theta(), prior),
                List.of(
                    new Figure.Dots("a feature", Ink.BLUE, found.mean(), found.theta()),
                    new Figure.Line("the prior alone", Ink.VERMILION, ends, prior, true)),
                Table.of(
                    new Table.Texts("feature", modality.features()),
                    new Table.Numbers("mean", found.mean()),
                    new Table.Numbers(found.noise().words(), found.theta())))));
  }

  private void ambient(ModalityFindings.Ambient ambient) {
    items.add(histogram(ambient.fractions()));
    items.add(
        new OfTable(
            Part.AMBIENT,
            id("ambient-categories"),
            caption("The share of the expected counts that is ambient, in each category."),
            Table.of(
                new Table.Texts("category", List.copyOf(ambient.shareOf().keySet())),
                new Table.Numbers(
                    "ambient share",
                    ambient.shareOf().values().stream().mapToDouble(v -> v).toArray()))));
    items.add(genes(ambient));
  }

  private Item histogram(double[] fractions) {
    double[] known = Arrays.stream(fractions).filter(Double::isFinite).toArray();
    double most = Arrays.stream(known).max().orElse(0);
    double width = (most > 0 ? most : 1) / BINS;
    double[] counts = new double[BINS];
    for (double fraction : known) {
      counts[Math.min(BINS - 1, (int) (fraction / width))]++;
    }
    double[] left = IntStream.range(0, BINS).mapToDouble(i -> i * width).toArray();
    double[] right = IntStream.range(0, BINS).mapToDouble(i -> (i + 1) * width).toArray();
    return new OfFigure(
        Part.AMBIENT,
        new Figure(
            id("ambient-fraction"),
            caption("Ambient share of the counts, cell by cell"),
            "%,d cells; the median share is %.1f %%, the largest %.1f %%."
                .formatted(known.length, 100 * median(known), 100 * most),
            new Axis("ambient share of a cell's counts", false, 0, width * BINS * 1.02),
            Axis.fromZero("cells", counts),
            List.of(new Figure.Bars("", Ink.BLUE, left, right, counts)),
            Table.of(new Table.Numbers("ambient_fraction", fractions))));
  }

  private Item genes(ModalityFindings.Ambient ambient) {
    List<String> categories = new ArrayList<>();
    List<String> features = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Double> folds = new ArrayList<>();
    for (int c = 0; c < ambient.categories().size(); c++) {
      double[] profile = ambient.profiles()[c];
      for (int g : largest(profile, TOP)) {
        int gene = g;
        categories.add(ambient.categories().get(c));
        features.add(modality.features().get(g));
        shares.add(100 * profile[g]);
        folds.add(
            profile[g]
                / Arrays.stream(ambient.profiles())
                    .mapToDouble(p -> p[gene])
                    .average()
                    .orElseThrow());
      }
    }
    return new OfTable(
        Part.AMBIENT,
        id("ambient-features"),
        caption("The %d features with the most background in each category.".formatted(TOP)),
        Table.of(
            new Table.Texts("category", categories),
            new Table.Texts("feature", features),
            new Table.Numbers("percent of the background", array(shares)),
            new Table.Numbers("times the mean of the categories", array(folds))));
  }

  private void scaling(ModalityFindings.Scaling scaling) {
    int n = modality.features().size();
    double[] distance = new double[scaling.groups().size() * n];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = Math.abs(Math.log(scaling.factors()[i / n][i % n]));
    }
    int[] most = largest(distance, OUTLIERS);
    items.add(
        new OfTable(
            Part.SCALING,
            id("scaling-outliers"),
            caption("The %d scaling factors that lie furthest from 1.".formatted(most.length)),
            Table.of(
                new Table.Texts(
                    "feature",
                    Arrays.stream(most).mapToObj(i -> modality.features().get(i % n)).toList()),
                new Table.Texts(
                    "group",
                    Arrays.stream(most).mapToObj(i -> scaling.groups().get(i / n)).toList()),
                new Table.Numbers(
                    "factor",
                    Arrays.stream(most)
                        .mapToDouble(i -> scaling.factors()[i / n][i % n])
                        .toArray()))));
  }

  private static int[] largest(double[] values, int n) {
    return IntStream.range(0, values.length)
        .filter(i -> Double.isFinite(values[i]))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -values[i]))
        .limit(n)
        .mapToInt(i -> i)
        .toArray();
  }

  static double median(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
