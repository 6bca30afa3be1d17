package org.regularizedvi.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.report.Item.OfFigure;
import org.regularizedvi.report.Item.Part;

/** Shows the course of training, a figure for each metric. */
final class TrainingItems {
  private static final String OF_MODALITY = "recon_loss_";
  private static final String NATS = "nats per cell";
  private static final Map<String, String> WORDS =
      Map.of(
          "elbo", "ELBO, the sum of the terms of each cell",
          "n_active_dims", "Latent dimensions in use in a cell",
          "lr", "Learning rate",
          "kl_weight", "Weight of the KL terms");

  private TrainingItems() {}

  static void add(Report report, List<Item> items) {
    for (Curve curve : report.course().curves()) {
      if (curve.training().length > 0) {
        items.add(
            new OfFigure(Part.TRAINING, figure(curve, report.course(), report.fit().terms())));
      }
    }
  }

  private static Figure figure(Curve curve, Course course, List<Report.Term> terms) {
    Optional<Report.Term> term =
        terms.stream().filter(t -> t.curve().equals(curve.name())).findFirst();
    int n = curve.training().length;
    double[] epochs = IntStream.rangeClosed(1, n).mapToDouble(e -> e).toArray();
    List<Figure.Mark> marks = new ArrayList<>();
    boolean two = curve.validation().isPresent();
    marks.add(new Figure.Line(two ? "training" : "", Ink.BLUE, epochs, curve.training(), false));
    List<Table.Column> columns = new ArrayList<>();
    columns.add(new Table.Numbers("epoch", epochs));
    columns.add(new Table.Numbers("training", curve.training()));
    curve
        .validation()
        .ifPresent(
            values -> {
              marks.add(new Figure.Line("kept out", Ink.VERMILION, epochs, values, true));
              columns.add(new Table.Numbers("kept_out", values));
            });
    String caption = term.map(Report.Term::caption).orElseGet(() -> words(curve.name()));
    String unit = term.isPresent() ? NATS : unit(curve.name());
    return new Figure(
        "training-" + Names.id(curve.name()),
        caption,
        "From %.4g after the first epoch to %.4g after epoch %d.%s"
            .formatted(
                curve.training()[0],
                curve.training()[n - 1],
                n,
                course.keptEpoch() < n
                    ? " The model is that of epoch %d.".formatted(course.keptEpoch())
                    : ""),
        new Axis("epoch", false, 0, n + 1),
        Axis.linear(unit, curve.training(), curve.validation().orElse(new double[0])),
        marks,
        new Table(n, columns));
  }

  private static String words(String metric) {
    return metric.startsWith(OF_MODALITY)
        ? metric.substring(OF_MODALITY.length()) + ": reconstruction loss of its counts"
        : WORDS.getOrDefault(metric, metric);
  }

  private static String unit(String metric) {
    return metric.equals("elbo") || metric.startsWith(OF_MODALITY)
        ? NATS
        : metric.replace('_', ' ');
  }
}
