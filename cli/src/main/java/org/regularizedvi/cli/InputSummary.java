package org.regularizedvi.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cli.reporting.Durations;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.InputFacts;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.input.Amount;
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
        "%s: %s x %s, %s above zero (%.1f %%); without any count: %s, %s",
        facts.name().isEmpty() ? data.source() : facts.name(),
        Amount.of(facts.cells(), "cell"),
        Amount.of(facts.features(), "feature"),
        Amount.of(facts.nonzeros(), "count"),
        100 * facts.density(),
        Amount.of(facts.emptyCells(), "cell"),
        Amount.of(facts.emptyFeatures(), "feature"));
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
        "%s '%s': %s, the smallest '%s' with %s",
        purpose.option(),
        mapping.key(),
        Amount.of(cells.length, "category", "categories"),
        mapping.categories().get(least),
        Amount.of(cells[least], "cell"));
  }

  private String needs() {
    Engine engine = Engines.current();
    Precision precision = engine.resolve(training.precision());
    OptionalDouble speed = engine.secondsPerOperation(precision);
    String time =
        speed.isPresent()
            ? " and about %s with %s"
                .formatted(
                    Durations.text(estimate.work().time(speed.getAsDouble(), Processor.threads())),
                    Amount.of(Processor.threads(), "thread"))
            : ", for a time that nobody knows, with the engine " + engine.described();
    return String.format(
        Locale.ROOT,
        "training: %s; it will take about %s of memory (this machine has %s)%s and %s products",
        Amount.of(training.epochsFor(data.size()), "epoch"),
        RunEstimate.text(estimate.memory()),
        RunEstimate.text(Processor.memory()),
        time,
        precision.name().toLowerCase(Locale.ROOT));
  }
}
