package org.regularizedvi.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.core.simulate.FeatureKind;
import org.regularizedvi.core.simulate.ModalityPlan;
import org.regularizedvi.core.simulate.SimulatedAmbient;
import org.regularizedvi.core.simulate.SimulationPlan;
import org.regularizedvi.core.simulate.TypePlan;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Option;

/** Holds the options that say what to simulate. */
public final class SimulationOptions {
  private static final String SINGLE = "rna";

  @Option(
      names = "--cells",
      paramLabel = "N",
      description = "Number of cells (default: ${DEFAULT-VALUE}).")
  private int cells = 2000;

  @Option(
      names = "--features",
      paramLabel = "N",
      description = {
        "Number of features: of genes, or by modality, rna=5000,atac=30000; atac has peaks, any"
            + " other name genes (default: ${DEFAULT-VALUE})."
      })
  private NumberPerModality features = NumberPerModality.parse("2000");

  @Option(
      names = "--types",
      paramLabel = "N",
      description = "Number of cell types (default: ${DEFAULT-VALUE}).")
  private int types = 6;

  @Option(
      names = "--type-levels",
      paramLabel = "N,..",
      description =
          "Relate the types: number of nodes of each level above them, from the top, such as 10,60"
              + " lineages and types above 300 subtypes. What a node differs in from its parent, all"
              + " below it have in common; each level has half as many differences as the one above"
              + " (default: types are unrelated).")
  private KeyList typeLevels = KeyList.NONE;

  @Option(
      names = "--rare-types",
      paramLabel = "N",
      description = "How many of the types have only 10 to 50 cells each (default: 0).")
  private int rareTypes;

  @Option(
      names = "--marker-share",
      paramLabel = "F",
      description =
          "Share of the genes that are off in all types but one, or those of one node above types"
              + " (default: 0, every gene is on in every type).")
  private double markerShare;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "Number of batches (default: ${DEFAULT-VALUE}).")
  private int batches = 3;

  @Option(
      names = "--ambient-fraction",
      paramLabel = "F",
      description =
          "Share of the expected counts that is ambient, for all or by modality (default: 0.2 for"
              + " genes, 0 for peaks).")
  private Optional<NumberPerModality> ambientFraction = Optional.empty();

  @Option(
      names = "--ambient-spread",
      paramLabel = "F",
      description =
          "How much that share differs between cells, for all or by modality: the standard deviation"
              + " of its logit (default: 0, the same in every cell).")
  private Optional<NumberPerModality> ambientSpread = Optional.empty();

  @Option(
      names = "--batch-ambient-spread",
      paramLabel = "F",
      description = "The same between batches (default: 0).")
  private Optional<NumberPerModality> batchAmbientSpread = Optional.empty();

  @Option(
      names = "--missing",
      paramLabel = "F",
      description = "Share of the cells that lack one modality (default: ${DEFAULT-VALUE}).")
  private double missing = 0;

  @Option(
      names = "--depth",
      paramLabel = "F",
      description =
          "Library size of a typical cell, for all or by modality (default: 3000 for genes, a tenth"
              + " of their number for peaks).")
  private Optional<NumberPerModality> depth = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * {@return the simulation that the options describe}
   *
   * @throws InputException when a number is out of range or names a modality that features does not
   */
  public SimulationPlan toPlan() {
    SequencedMap<String, Double> sizes =
        features
            .all()
            .map(all -> NumberPerModality.parse(SINGLE + "=" + all))
            .orElse(features)
            .named();
    ambientFraction.ifPresent(given -> requireKnown("ambient_fraction", given, sizes));
    ambientSpread.ifPresent(given -> requireKnown("ambient_spread", given, sizes));
    batchAmbientSpread.ifPresent(given -> requireKnown("batch_ambient_spread", given, sizes));
    depth.ifPresent(given -> requireKnown("depth", given, sizes));
    List<ModalityPlan> modalities = new ArrayList<>();
    sizes.forEach(
        (name, size) -> {
          FeatureKind kind = FeatureKind.of(name);
          int number = whole(name, size);
          modalities.add(
              new ModalityPlan(
                  name,
                  kind,
                  number,
                  depth
                      .flatMap(given -> given.of(name))
                      .orElseGet(() -> ModalityPlan.defaultDepth(kind, number)),
                  ambient(name, kind)));
        });
    return new SimulationPlan(
        cells,
        new TypePlan(
            types,
            typeLevels.keys().stream().map(SimulationOptions::level).toList(),
            rareTypes,
            markerShare),
        batches,
        missing,
        seed,
        modalities);
  }

  private static int level(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "type_levels must be whole numbers, but one is '%s'.".formatted(text), e);
    }
  }

  private SimulatedAmbient ambient(String modality, FeatureKind kind) {
    return new SimulatedAmbient(
        ambientFraction
            .flatMap(given -> given.of(modality))
            .orElse(SimulatedAmbient.defaults(kind).fraction()),
        ambientSpread.flatMap(given -> given.of(modality)).orElse(0.0),
        batchAmbientSpread.flatMap(given -> given.of(modality)).orElse(0.0));
  }

  private static int whole(String modality, double size) {
    if (size != Math.rint(size) || size < 1 || size > Integer.MAX_VALUE) {
      throw new InputException(
          "features of %s must be a whole number of at least 1, but is %s."
              .formatted(modality, size));
    }
    return (int) size;
  }

  private static void requireKnown(
      String option, NumberPerModality given, SequencedMap<String, Double> sizes) {
    for (String name : given.named().keySet()) {
      if (!sizes.containsKey(name)) {
        throw new InputException(
            "%s names a modality '%s', but features has only %s."
                .formatted(option, name, String.join(", ", sizes.keySet())));
      }
    }
  }
}
