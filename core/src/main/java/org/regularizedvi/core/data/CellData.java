package org.regularizedvi.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FeatureChoice;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.feature.FeatureSelection;
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
    return read(source, keys, FeatureChoice.all(), CountKeeper.inMemory());
  }

  /**
   * Reads cells to train on, with some of their features.
   *
   * @param source the file
   * @param keys which column plays which role
   * @param features which features are read
   * @param keeper keeps the counts
   * @return the cells
   * @throws InputException with everything that is wrong with keys, names, features and counts
   */
  public static CellData read(
      CellSource source, CovariateKeys keys, FeatureChoice features, CountKeeper keeper) {
    Problems problems = new Problems();
    Optional<Schema> schema = problems.in(() -> Schema.fit(keys, source.cells()));
    Optional<Covariates> covariates =
        schema.flatMap(known -> problems.in(() -> known.encode(source.cells())));
    List<Optional<int[]>> columns = new ArrayList<>();
    for (String name : source.modalities()) {
      // Groups are those of the library size, which are those of batch_key where that is given.
      int[] groups = covariates.map(own -> own.codes(Purpose.LIBRARY_SIZE)[0]).orElse(new int[0]);
      columns.add(
          features.equals(FeatureChoice.all()) || covariates.isEmpty()
              ? Optional.empty()
              : problems
                  .in(() -> FeatureSelection.columns(source, name, features, groups))
                  .orElse(Optional.empty()));
    }
    List<ModalityCounts> modalities = modalities(source, columns, keeper, problems);
    problems.requireNone();
    return new CellData(
        source.cells().source(),
        modalities,
        schema.orElseThrow(),
        covariates.orElseThrow(),
        source.choices().with(features));
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
    return read(
        source,
        schema,
        Collections.nCopies(source.modalities().size(), Optional.empty()),
        CountKeeper.inMemory());
  }

  /**
   * Reads cells for a model that exists, with those of their features that it has.
   *
   * @param source the file
   * @param schema the model's keys and their categories
   * @param features the names of the model's features, by modality
   * @param keeper keeps the counts
   * @return the cells
   * @throws InputException with everything that is wrong with keys, names and counts
   */
  public static CellData readKnown(
      CellSource source, Schema schema, Map<String, List<String>> features, CountKeeper keeper) {
    List<Optional<int[]>> columns = new ArrayList<>();
    for (String modality : source.modalities()) {
      Set<String> known = new HashSet<>(features.getOrDefault(modality, List.of()));
      List<String> names = source.features(modality).varNames();
      int[] some =
          IntStream.range(0, names.size()).filter(g -> known.contains(names.get(g))).toArray();
      columns.add(some.length < names.size() ? Optional.of(some) : Optional.empty());
    }
    return read(source, schema, columns, keeper);
  }

  private static CellData read(
      CellSource source, Schema schema, List<Optional<int[]>> columns, CountKeeper keeper) {
    Problems problems = new Problems();
    Optional<Covariates> covariates = problems.in(() -> schema.encode(source.cells()));
    List<ModalityCounts> modalities = modalities(source, columns, keeper, problems);
    problems.requireNone();
    return new CellData(
        source.cells().source(), modalities, schema, covariates.orElseThrow(), source.choices());
  }

  /**
   * Reads the counts of every modality.
   *
   * @param columns those of the features that are read, by modality; empty for all
   */
  private static List<ModalityCounts> modalities(
      CellSource source, List<Optional<int[]>> columns, CountKeeper keeper, Problems problems) {
    List<ModalityCounts> modalities = new ArrayList<>();
    for (int m = 0; m < columns.size(); m++) {
      String name = source.modalities().get(m);
      Optional<int[]> some = columns.get(m);
      FeatureTable features = source.features(name);
      problems.in(features::requireUniqueVarNames);
      problems.in(() -> ModalityCounts.read(source, name, some, keeper)).ifPresent(modalities::add);
    }
    return modalities;
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
        modalities.stream().map(modality -> modality.counts().before(cells)).toList(),
        covariates.gather(cells));
  }

  /**
   * {@return some of the cells in minibatches, with all their counts, in one pass over these}
   *
   * @param cells their places, ascending
   * @param atOnce cells of a minibatch
   */
  public Iterable<Minibatch> pass(int[] cells, int atOnce) {
    return () -> {
      List<CountReader> readers =
          modalities.stream().map(own -> CountReader.of(own.counts().inOrder(cells))).toList();
      return IntStream.iterate(0, from -> from < cells.length, from -> from + atOnce)
          .mapToObj(from -> Arrays.copyOfRange(cells, from, Math.min(cells.length, from + atOnce)))
          .map(
              some ->
                  new Minibatch(
                      some,
                      readers.stream()
                          .map(reader -> reader.next(some.length).orElseThrow())
                          .toList(),
                      covariates.gather(some)))
          .iterator();
    };
  }

  /**
   * {@return these cells for a training that asks for their counts step after step: with those
   * counts alone that its process keeps, see {@link Counts#kept}}
   */
  public CellData kept() {
    return new CellData(
        source,
        modalities.stream()
            .map(own -> new ModalityCounts(own.name(), own.counts().kept(), own.features()))
            .toList(),
        schema,
        covariates,
        choices);
  }

  /**
   * Returns some of the cells in the order that is fastest: cells that lack the same modalities,
   * and share the genes' parameters, side by side.
   *
   * @param cells their places
   * @return the cells
   */
  public Minibatch minibatchByGroup(int[] cells) {
    return minibatch(byGroup(cells));
  }

  /**
   * {@return the same cells as {@link #minibatchByGroup} gives, without their counts}
   *
   * @param cells their places
   */
  public Minibatch cellsByGroup(int[] cells) {
    int[] byGroup = byGroup(cells);
    return new Minibatch(
        byGroup,
        List.of(),
        modalities.stream().map(modality -> modality.counts().totals(byGroup)).toList(),
        modalities.stream().map(modality -> modality.counts().before(byGroup)).toList(),
        covariates.gather(byGroup));
  }

  private int[] byGroup(int[] cells) {
    int[] byGroup = covariates.byGroup(cells);
    return modalities.size() == 1
        ? byGroup
        : IntStream.of(byGroup)
            .boxed()
            .sorted(Comparator.comparingInt(this::lacks))
            .mapToInt(Integer::intValue)
            .toArray();
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
