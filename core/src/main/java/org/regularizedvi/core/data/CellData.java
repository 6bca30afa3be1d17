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
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Problems;

/**
 * Holds the cells that a model is trained on: the counts of each modality, and the categories of
 * the keys.
 *
 * @param source what to call the cells in messages, usually the file's name
 * @param modalities the counts of each modality, in the model's order, all with the same cells
 * @param schema the keys and their categories
 * @param covariates the categories and continuous covariates of each cell
 * @param choices what was taken of the file
 */
public record CellData(
    String source,
    List<ModalityCounts> modalities,
    Schema schema,
    Covariates covariates,
    InputChoices choices) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when a modality has not as many rows as there are cells
   */
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

  /**
   * Makes the cells of a model of one modality.
   *
   * @param source what to call the cells in messages
   * @param counts the counts, cells x features
   * @param features the names of the features
   * @param schema the keys and their categories
   * @param covariates the categories and continuous covariates of each cell
   */
  public CellData(
      String source, Counts counts, List<String> features, Schema schema, Covariates covariates) {
    this(
        source,
        List.of(new ModalityCounts("", counts, features)),
        schema,
        covariates,
        InputChoices.defaults());
  }

  /**
   * Reads cells to train on. The categories of the keys are those found in them.
   *
   * @param source the file
   * @param keys which column plays which role
   * @return the cells
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
   * @param source the file
   * @param schema the keys and their categories
   * @return the cells
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
        source.cells().source(),
        modalities,
        schema.orElseThrow(),
        covariates.orElseThrow(),
        source.choices());
  }

  /** {@return the number of cells} */
  public int size() {
    return covariates.size();
  }

  /** {@return the number of features of all modalities together} */
  public int featureCount() {
    return modalities.stream().mapToInt(modality -> modality.counts().columns()).sum();
  }

  /** {@return what there is to tell about the counts of each modality} */
  public List<InputFacts> facts() {
    return modalities.stream().map(InputFacts::of).toList();
  }

  /**
   * Checks the options of a model against these cells.
   *
   * @param config the options
   * @param warnings is told, in one sentence for each, what works but may not be wanted
   * @throws InputException when options and cells do not go together
   */
  public void check(ModelConfig config, Consumer<String> warnings) {
    SetupChecks.run(this, config, warnings);
  }

  /** {@return the number of features of each modality, by its name} */
  public SequencedMap<String, Integer> featureCounts() {
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    modalities.forEach(own -> features.put(own.name(), own.features().size()));
    return features;
  }

  /** {@return the counts of the first modality, which is the only one in most models} */
  public Counts counts() {
    return modalities.getFirst().counts();
  }

  /** {@return the features of the first modality, which is the only one in most models} */
  public List<String> features() {
    return modalities.getFirst().features();
  }

  /**
   * {@return the counts of one modality alone, with the cells that have it; all cells where there
   * is no other modality}
   *
   * @param modality one of these modalities
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
    return new CellData(source, List.of(own), schema, covariates.gather(having), choices);
  }

  /**
   * {@return some of the cells, in the order given}
   *
   * @param cells their places
   */
  public Minibatch minibatch(int[] cells) {
    return new Minibatch(
        cells,
        modalities.stream().map(modality -> modality.counts().gather(cells)).toList(),
        modalities.stream().map(modality -> modality.counts().totals(cells)).toList(),
        covariates.gather(cells));
  }

  /**
   * Returns some of the cells in the order that is fastest: cells that lack the same modalities,
   * and share the genes' parameters, side by side.
   *
   * @param cells their places
   * @return the cells
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

  /** {@return a bit for each modality in which a cell has no counts} */
  private int lacks(int cell) {
    int bits = 0;
    for (ModalityCounts modality : modalities) {
      bits = 2 * bits + (modality.counts().isEmpty(cell) ? 1 : 0);
    }
    return bits;
  }
}
