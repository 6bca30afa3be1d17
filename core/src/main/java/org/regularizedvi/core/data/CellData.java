package org.regularizedvi.core.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Problems;

/**
 * Cells as a model takes them: counts of each modality, and the codes of the keys' categories.
 *
 * @param source what to call the cells in messages, usually the file's name
 * @param modalities in the order of the model
 */
public record CellData(
    String source, List<ModalityCounts> modalities, Schema schema, Covariates covariates) {
  public CellData {
    modalities = List.copyOf(modalities);
    for (ModalityCounts modality : modalities) {
      if (modality.counts().rows() != covariates.size()) {
        throw new IllegalArgumentException(
            "%d rows%s for %d cells"
                .formatted(
                    modality.counts().rows(),
                    ModalityCounts.of(modality.name()),
                    covariates.size()));
      }
    }
  }

  /** Cells of a single modality. */
  public CellData(
      String source, Counts counts, List<String> features, Schema schema, Covariates covariates) {
    this(source, List.of(new ModalityCounts("", counts, features)), schema, covariates);
  }

  /**
   * Reads cells to train on: categories are those found in them.
   *
   * @throws InputException with everything that is wrong with keys, names and counts
   */
  public static CellData read(CellSource source, CovariateKeys keys) {
    Problems problems = new Problems();
    Optional<Schema> schema = problems.in(() -> Schema.fit(keys, source.cells()));
    return read(source, schema, problems);
  }

  /**
   * Reads cells whose categories are known, for a model that exists.
   *
   * @throws InputException with everything that is wrong with keys, names and counts
   */
  public static CellData read(CellSource source, Schema schema) {
    return read(source, Optional.of(schema), new Problems());
  }

  private static CellData read(CellSource source, Optional<Schema> schema, Problems problems) {
    Optional<Covariates> covariates =
        schema.flatMap(known -> problems.in(() -> known.encode(source.cells())));
    List<ModalityCounts> modalities = new ArrayList<>();
    for (String name : source.modalities()) {
      FeatureTable features = source.features(name);
      problems.in(features::requireUniqueVarNames);
      problems
          .in(() -> source.counts(name))
          .ifPresent(
              counts -> modalities.add(new ModalityCounts(name, counts, features.varNames())));
    }
    problems.requireNone();
    return new CellData(
        source.cells().source(), modalities, schema.orElseThrow(), covariates.orElseThrow());
  }

  /** The number of cells. */
  public int size() {
    return covariates.size();
  }

  /** The number of features of all modalities together. */
  public int featureCount() {
    return modalities.stream().mapToInt(modality -> modality.counts().columns()).sum();
  }

  /** What there is to say of the counts, one a modality. */
  public List<InputFacts> facts() {
    return modalities.stream().map(InputFacts::of).toList();
  }

  /**
   * Checks options against these cells.
   *
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @throws InputException when they do not go together
   */
  public void check(ModelConfig config, Consumer<String> warnings) {
    SetupChecks.run(this, config, warnings);
  }

  /** The number of features of each modality, by its name. */
  public SequencedMap<String, Integer> featureCounts() {
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    modalities.forEach(own -> features.put(own.name(), own.features().size()));
    return features;
  }

  /** The counts of the only, or the first, modality. */
  public Counts counts() {
    return modalities.getFirst().counts();
  }

  /** The features of the only, or the first, modality. */
  public List<String> features() {
    return modalities.getFirst().features();
  }

  /**
   * The counts of one modality alone, of the cells that have it: all of them where there is no
   * other.
   */
  public CellData having(ModalityCounts modality) {
    if (modalities.size() == 1) {
      return this;
    }
    int[] having =
        IntStream.range(0, size()).filter(cell -> !modality.counts().isEmpty(cell)).toArray();
    ModalityCounts own =
        having.length == size()
            ? modality
            : new ModalityCounts(
                modality.name(), modality.counts().inOrder(having), modality.features());
    return new CellData(source, List.of(own), schema, covariates.gather(having));
  }

  /** Some of the cells, in the order given. */
  public Minibatch minibatch(int[] cells) {
    return new Minibatch(
        cells,
        modalities.stream().map(modality -> modality.counts().gather(cells)).toList(),
        modalities.stream().map(modality -> modality.counts().totals(cells)).toList(),
        covariates.gather(cells));
  }

  /**
   * The same, cells that lack the same modalities and share the genes' parameters side by side,
   * which is how they are fastest.
   */
  public Minibatch minibatchByGroup(int[] cells) {
    int[] byGroup = covariates.byGroup(cells);
    if (modalities.size() == 1) {
      return minibatch(byGroup);
    }
    return minibatch(
        IntStream.of(byGroup)
            .boxed()
            .sorted(Comparator.comparingInt(this::lacks))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  /** A bit for each modality in which a cell has no counts. */
  private int lacks(int cell) {
    int bits = 0;
    for (ModalityCounts modality : modalities) {
      bits = 2 * bits + (modality.counts().isEmpty(cell) ? 1 : 0);
    }
    return bits;
  }
}
