package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.python.PythonModel;
import org.regularizedvi.core.python.PythonModelFolder;
import org.regularizedvi.core.python.PythonModelWriter;
import org.regularizedvi.core.shape.ModelShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.CellSource;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;

/** Models that travel between this program and the Python package. */
public final class PythonModels {
  private PythonModels() {}

  /**
   * The cells that a Python model was trained on.
   *
   * @param layers where a modality has its counts, the single one named ""; where it is left out
   *     they are where the model had them
   * @param join which cells of several modalities
   */
  public record Cells(
      Path file, Map<String, CountSource> layers, CountChecks checks, CellJoin join) {}

  /**
   * Makes a model folder of a Python model. Its data give what the Python file does not hold: a
   * digest of the counts, and a dispersion prior that was taken from data.
   *
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @throws InputException when the model is damaged or has what this program does not know, or the
   *     data's features or categories are not the model's
   */
  public static void read(
      Path pythonDir, Cells cells, Path modelDir, IfExists ifExists, Consumer<String> warnings) {
    ModelDirectory.requireWritable(modelDir, ifExists);
    PythonModel python = PythonModelFolder.read(pythonDir);
    requireTensors(python, pythonDir);
    CellData data = data(python, cells);
    try (FittedModel untrained =
            FittedModel.setup(data, python.config(), python.multimodal(), 0, warnings);
        FittedModel model = FittedModel.of(stored(python, untrained.setup()), pythonDir)) {
      model.save(modelDir, Optional.empty(), ifExists);
    }
  }

  /**
   * Writes a trained model as the Python package would.
   *
   * @param layers where a modality's counts will be, the single one named ""; X where it is left
   *     out
   * @throws InputException when there is no model, or the folder cannot be made
   */
  public static void write(
      Path modelDir, Map<String, CountSource> layers, Path pythonDir, IfExists ifExists) {
    PythonModelWriter.requireWritable(pythonDir, ifExists);
    try (FittedModel model = FittedModel.load(modelDir)) {
      List<String> names = model.setup().modalities().stream().map(StoredModality::name).toList();
      for (String name : layers.keySet()) {
        if (!names.contains(name)) {
          throw new InputException(
              "layer names the modality '%s', but those of %s are %s."
                  .formatted(name, modelDir, String.join(", ", names)));
        }
      }
      PythonModelWriter.write(pythonDir, model.stored(), layers, ifExists);
    }
  }

  /** Checks all sizes before anything is made that depends on them. */
  private static void requireTensors(PythonModel python, Path pythonDir) {
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    python.modalities().forEach(own -> features.put(own.name(), own.features().size()));
    List<ParameterSpec> layout =
        ParameterLayout.ofAll(
            ModelShape.of(python.config(), python.multimodal(), python.schema(), features));
    ParameterLayout.require(layout, python.tensors(), pythonDir);
    Set<String> more = new HashSet<>(python.tensors().keySet());
    layout.forEach(own -> more.remove(own.name()));
    if (!more.isEmpty()) {
      throw new InputException(
          "%s: tensor '%s' belongs to no part of the model that its options describe."
              .formatted(pythonDir, more.stream().sorted().findFirst().orElseThrow()));
    }
  }

  private static CellData data(PythonModel python, Cells cells) {
    if (MuDataFile.isAt(cells.file()) != python.multimodal().isPresent()) {
      throw new InputException(
          "%s is not the model's data: a model of %s comes with an %s file."
              .formatted(
                  cells.file(),
                  python.multimodal().isPresent() ? "several modalities" : "one modality",
                  python.multimodal().isPresent() ? ".h5mu" : ".h5ad"));
    }
    Map<String, CountSource> sources = new LinkedHashMap<>(python.sources());
    sources.putAll(cells.layers());
    try (CellSource source = open(python, cells, sources)) {
      python.modalities().forEach(own -> requireFeatures(source.modality(own.name()), own));
      return CellData.read(source, python.schema());
    }
  }

  private static CellSource open(
      PythonModel python, Cells cells, Map<String, CountSource> sources) {
    if (python.multimodal().isEmpty()) {
      return CellSource.of(AnnDataFile.open(cells.file()), sources.get(""), cells.checks());
    }
    List<String> names = python.modalities().stream().map(PythonModel.OfModality::name).toList();
    return CellSource.of(
        MuDataFile.open(cells.file(), names, cells.join()), sources, cells.checks());
  }

  private static void requireFeatures(AnnDataFile file, PythonModel.OfModality modality) {
    List<String> found = file.varNames();
    List<String> expected = modality.features();
    if (found.size() != expected.size()) {
      throw new InputException(
          "%s has %d features; expected the model's %d."
              .formatted(file.source(), found.size(), expected.size()));
    }
    for (int g = 0; g < expected.size(); g++) {
      if (!found.get(g).equals(expected.get(g))) {
        throw new InputException(
            "%s: feature %d is '%s'; expected '%s', as in the model."
                .formatted(file.source(), g, found.get(g), expected.get(g)));
      }
    }
  }

  private static LibraryPrior library(PythonModel python, String modality) {
    return python.modalities().stream()
        .filter(own -> own.name().equals(modality))
        .findFirst()
        .orElseThrow()
        .library();
  }

  private static StoredModel stored(PythonModel python, StoredModel.Setup untrained) {
    List<StoredModality> modalities =
        untrained.modalities().stream()
            .map(
                own ->
                    new StoredModality(
                        own.name(),
                        own.features(),
                        new ModalityPriors(library(python, own.name()), own.priors().dispersion()),
                        own.dataDigest()))
            .toList();
    return new StoredModel(
        new StoredModel.Setup(
            untrained.config(),
            untrained.multimodal(),
            untrained.schema(),
            modalities,
            untrained.seed()),
        Optional.empty(),
        python.history(),
        python.tensors(),
        Optional.empty());
  }
}
