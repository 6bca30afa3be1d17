package org.regularizedvi.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cli.reporting.Durations;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.InputFacts;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.model.RunEstimate;

/** Words what there is to say of cells before a training on them. */
record InputSummary(CellData data, TrainConfig training, RunEstimate estimate) {
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (ModalityCounts modality : data.modalities()) {
      lines.add(counts(InputFacts.of(modality)));
      lines.add("  SHA-256 of the counts " + modality.counts().digest());
    }
    if (data.schema().keys().oneGroup()) {
      lines.add("no batch_key: all cells are one group");
    }
    for (Purpose purpose : Purpose.values()) {
      List<CategoryMapping> mappings =
          data.schema().of(purpose).stream()
              .filter(mapping -> !mapping.key().equals(CategoryMapping.ONE_GROUP))
              .toList();
      for (int k = 0; k < mappings.size(); k++) {
        lines.add(categories(purpose, mappings.get(k), data.covariates().codes(purpose)[k]));
      }
    }
    lines.add(needs());
    return lines;
  }

  private String counts(InputFacts facts) {
    return String.format(
        Locale.ROOT,
        "%s: %,d cells x %,d features, %,d counts above zero (%.1f %%); without any count: %,d cells,"
            + " %,d features",
        facts.name().isEmpty() ? data.source() : facts.name(),
        facts.cells(),
        facts.features(),
        facts.nonzeros(),
        100 * facts.density(),
        facts.emptyCells(),
        facts.emptyFeatures());
  }

  private static String categories(Purpose purpose, CategoryMapping mapping, int[] codes) {
    int[] cells = new int[mapping.size()];
    Arrays.stream(codes).forEach(code -> cells[code]++);
    int least = 0;
    for (int c = 1; c < cells.length; c++) {
      least = cells[c] < cells[least] ? c : least;
    }
    return String.format(
        Locale.ROOT,
        "%s '%s': %d %s, the smallest '%s' with %,d cells",
        purpose.option(),
        mapping.key(),
        cells.length,
        cells.length == 1 ? "category" : "categories",
        mapping.categories().get(least),
        cells[least]);
  }

  private String needs() {
    Precision precision = Engines.current().resolve(training.precision());
    return String.format(
        Locale.ROOT,
        "training: %d epochs; it will take about %s of memory (this machine has %s) and about %s with %d %s and %s products",
        training.epochsFor(data.size()),
        RunEstimate.text(estimate.memory()),
        RunEstimate.text(Processor.memory()),
        Durations.text(
            estimate
                .work()
                .time(Engines.current().secondsPerOperation(precision), Processor.threads())),
        Processor.threads(),
        Processor.threads() == 1 ? "thread" : "threads",
        precision.name().toLowerCase(Locale.ROOT));
  }
}
