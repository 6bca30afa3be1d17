package org.regularizedvi.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.report.Item.OfFigure;
import org.regularizedvi.report.Item.Part;

/** Makes all figures and tables of a report except the map. */
public final class Items {
  private Items() {}

  /**
   * {@return the figures and tables, in the order in which the page shows them}
   *
   * @param report what was found
   */
  public static List<Item> of(Report report) {
    List<Item> items = new ArrayList<>();
    ScoreItems.add(report.integration().scores(), items);
    TrainingItems.add(report, items);
    items.add(dimensions(report.fit()));
    for (ModalityFindings modality : report.modalities()) {
      ModalityItems.add(modality, items);
    }
    if (report.modalities().size() > 1) {
      items.add(reconstruction(report.modalities()));
    }
    report.attribution().ifPresent(a -> items.add(attribution(a)));
    return items;
  }

  private static Item dimensions(Report.Fit fit) {
    double[] sorted = Arrays.stream(fit.klPerDimension()).sorted().toArray();
    int n = sorted.length;
    double[] height = IntStream.range(0, n).mapToDouble(i -> sorted[n - 1 - i]).toArray();
    double[] left = IntStream.range(0, n).mapToDouble(i -> i + 0.5).toArray();
    double[] right = IntStream.range(0, n).mapToDouble(i -> i + 1.5).toArray();
    double[] number = IntStream.range(0, n).mapToDouble(i -> i).toArray();
    return new OfFigure(
        Part.LATENT,
        new Figure(
            "latent-dimensions",
            "How much each latent dimension tells about a cell, the most telling one first",
            "%d bars that fall from %.2f to %.3f nats per cell."
                .formatted(n, height[0], height[n - 1]),
            new Axis("latent dimension, by rank", false, 0, n + 1),
            Axis.fromZero("KL, nats per cell", height),
            List.of(new Figure.Bars("", Ink.BLUE, left, right, height)),
            Table.of(
                new Table.Numbers("dimension", number),
                new Table.Numbers("kl_z", fit.klPerDimension()))));
  }

  private static Item reconstruction(List<ModalityFindings> modalities) {
    return new Item.OfTable(
        Part.MODALITIES,
        "reconstruction",
        "How well the model explains the counts of each modality. Nats per cell depend on how many features and counts a modality has.",
        Table.of(
            new Table.Texts("modality", modalities.stream().map(ModalityFindings::name).toList()),
            new Table.Numbers("features", numbers(modalities, m -> m.features().size())),
            new Table.Numbers(
                "reconstruction", numbers(modalities, ModalityFindings::reconstruction)),
            new Table.Numbers(
                "reconstruction per feature",
                numbers(modalities, m -> m.reconstruction() / m.features().size())),
            new Table.Numbers(
                "weight of the observed total",
                numbers(modalities, m -> m.libraryObsW().orElse(Double.NaN)))));
  }

  private static double[] numbers(
      List<ModalityFindings> modalities,
      java.util.function.ToDoubleFunction<ModalityFindings> number) {
    return modalities.stream().mapToDouble(number).toArray();
  }

  private static Item attribution(Attribution attribution) {
    int dimensions = attribution.mean()[0].length;
    List<Table.Column> columns = new ArrayList<>();
    columns.add(
        new Table.Numbers(
            "dimension", IntStream.range(0, dimensions).mapToDouble(i -> i).toArray()));
    for (int m = 0; m < attribution.modalities().size(); m++) {
      columns.add(new Table.Numbers(attribution.modalities().get(m), attribution.mean()[m]));
    }
    return new Item.OfTable(
        Part.MODALITIES,
        "attribution",
        "How much each latent dimension moves the expected counts of each modality: the absolute change of a feature, averaged over features and cells.",
        new Table(dimensions, columns));
  }
}
