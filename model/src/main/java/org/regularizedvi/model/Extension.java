package org.regularizedvi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.FileCells;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.data.SetupChecks;
import org.regularizedvi.core.shape.ExtendedTensor;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ModelShape;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.start.NewCategories;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.TrainListener;

/**
 * Gives a trained model the categories of its keys that it has not seen, and trains what belongs to
 * them on the cells that have them.
 */
final class Extension {
  private final FittedModel known;
  private final Schema schema;
  private final CellData cells;

  private Extension(FittedModel known, Schema schema, CellData cells) {
    this.known = known;
    this.schema = schema;
    this.cells = cells;
  }

  /**
   * Makes the larger model; the known one stays as it is.
   *
   * @throws InputException when no category is new, or the cells do not fit the model
   */
  static FittedModel of(
      FittedModel known,
      CellSource source,
      TrainConfig options,
      TrainListener listener,
      Consumer<String> warnings) {
    Schema before = known.setup().schema();
    Schema schema = before.extended(source.cells());
    if (schema.equals(before)) {
      throw new InputException(
          "%s has no category that the model has not seen; expected one to extend it by."
              .formatted(source.cells().source()));
    }
    CellData cells = newCells(source, before, schema, known.setup().modalities());
    SetupChecks.extension(cells, before, warnings);
    try (FittedModel larger = new Extension(known, schema, cells).untrained(warnings)) {
      if (larger.parameters().trained().isEmpty()) {
        warnings.accept(
            "New categories have no learned parameters in this model, only a library size prior: nothing is trained.");
      } else {
        larger.train(cells, options, listener, Optional.empty(), Peers.none());
      }
      StoredModel trained = larger.stored();
      // Made anew, so that nothing is frozen any longer; slices are predicted as they were.
      return FittedModel.of(
          new StoredModel(
              trained.setup(),
              trained.training(),
              trained.history(),
              trained.tensors(),
              known.completeCells()),
          source.paths().getFirst());
    }
  }

  /** Reads the cells of which at least one category is new into memory. */
  private static CellData newCells(
      CellSource source, Schema before, Schema schema, List<StoredModality> modalities) {
    try (FileCells file = FileCells.open(source, schema, modalities)) {
      boolean[] fresh = fresh(file.covariates(), before);
      List<List<SparseRows>> blocks = new ArrayList<>();
      modalities.forEach(_ -> blocks.add(new ArrayList<>()));
      for (Minibatch minibatch : file) {
        int[] rows =
            IntStream.range(0, minibatch.size())
                .filter(row -> fresh[minibatch.cells()[row]])
                .toArray();
        for (int m = 0; m < blocks.size(); m++) {
          blocks.get(m).add(minibatch.counts().get(m).pick(rows));
        }
      }
      List<ModalityCounts> counts = new ArrayList<>();
      for (StoredModality modality : modalities) {
        Counts matrix = CountsInMemory.of(modality.features().size(), blocks.get(counts.size()));
        counts.add(new ModalityCounts(modality.name(), matrix, modality.features()));
      }
      int[] cells = IntStream.range(0, fresh.length).filter(n -> fresh[n]).toArray();
      return new CellData(
          source.cells().source(),
          counts,
          schema,
          file.covariates().gather(cells),
          source.choices());
    }
  }

  private static boolean[] fresh(Covariates covariates, Schema before) {
    boolean[] fresh = new boolean[covariates.size()];
    for (Purpose purpose : Purpose.values()) {
      List<CategoryMapping> mappings = before.of(purpose);
      for (int key = 0; key < mappings.size(); key++) {
        int[] codes = covariates.codes(purpose)[key];
        for (int n = 0; n < fresh.length; n++) {
          fresh[n] |= codes[n] >= mappings.get(key).size();
        }
      }
    }
    return fresh;
  }

  private FittedModel untrained(Consumer<String> warnings) {
    StoredModel.Setup setup = known.setup();
    NetworkSpec spec =
        ModelShape.of(setup.config(), setup.multimodal(), schema, cells.featureCounts());
    SequencedMap<String, ExtendedTensor> tensors = tensors(ParameterLayout.ofAll(spec));
    List<StoredModality> modalities = new ArrayList<>();
    List<ModalityPriors> priors = new ArrayList<>();
    for (ModalitySpec own : spec.modalities()) {
      StoredModality modality = setup.modalities().get(own.index());
      CellData having = cells.having(cells.modalities().get(own.index()));
      NewCategories found =
          NewCategories.of(
              own,
              modality.priors(),
              having.counts(),
              having.covariates(),
              schema.of(Purpose.LIBRARY_SIZE).getFirst(),
              warnings);
      found
          .logBackground()
          .ifPresent(
              values ->
                  startBackground(
                      tensors.get(new AdditiveBackground(own).parameter()), values, having));
      priors.add(found.priors());
      modalities.add(
          new StoredModality(
              modality.name(), modality.features(), found.priors(), modality.dataDigest()));
    }
    Parameters parameters =
        Parameters.of(
            tensors.values().stream().map(ExtendedTensor::spec).toList(),
            tensors.values().stream().map(ExtendedTensor::values).toList());
    return new FittedModel(
        new StoredModel.Setup(
            setup.config(), setup.multimodal(), schema, modalities, setup.input(), setup.seed()),
        new Model(spec, priors, parameters),
        known.history(),
        known.trainConfig(),
        known.completeCells());
  }

  private SequencedMap<String, ExtendedTensor> tensors(List<ParameterSpec> layout) {
    Parameters before = known.parameters();
    SequencedMap<String, ExtendedTensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec wider : layout) {
      float[] values = before.values(wider.name());
      tensors.put(wider.name(), ExtendedTensor.of(before.spec(wider.name()), wider, values));
    }
    return tensors;
  }

  /** Starts the background of new categories from the cells that have counts of the modality. */
  private static void startBackground(ExtendedTensor background, float[] starts, CellData having) {
    if (background.spec().part().isEmpty()) {
      return;
    }
    int columns = Math.toIntExact(background.spec().shape()[1]);
    boolean[] counted = new boolean[columns];
    int offset = 0;
    List<CategoryMapping> keys = having.schema().of(Purpose.AMBIENT);
    for (int key = 0; key < keys.size(); key++) {
      int first = offset;
      Arrays.stream(having.covariates().codes(Purpose.AMBIENT)[key])
          .forEach(code -> counted[first + code] = true);
      offset += keys.get(key).size();
    }
    for (int entry : background.spec().part().get().entries(background.spec().shape())) {
      if (counted[entry % columns]) {
        background.values()[entry] = starts[entry];
      }
    }
  }
}
