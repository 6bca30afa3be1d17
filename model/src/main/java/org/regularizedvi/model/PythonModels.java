package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.python.PackageVersion;
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
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/** Imports and exports models of the Python package. */
public final class PythonModels {
  private PythonModels() {}

  /**
   * Makes a model folder of a Python model. Its data give what the Python file does not hold: a
   * digest of the counts, and a dispersion prior that was taken from data.
   *
   * @param pythonDir the folder of the Python model
   * @param data the file of the cells that it was trained on
   * @param selection what is taken of it; its modalities, and places of counts that are left out,
   *     are the model's
   * @param modelDir the model folder that is written
   * @param ifExists whether a model folder that exists may be replaced
   * @param warnings is told, in a sentence each, what works but may not be wanted
   * @throws InputException when the model is damaged or has what this program does not know, or the
   *     data's features or categories are not the model's
   */
  public static void read(
      Path pythonDir,
      Path data,
      Selection selection,
      Path modelDir,
      IfExists ifExists,
      Consumer<String> warnings) {
    ModelDirectory.requireWritable(modelDir, ifExists);
    PythonModel python = PythonModelFolder.read(pythonDir);
    requireTensors(python, pythonDir);
    CellData cells = cells(python, data, selection);
    try (FittedModel untrained =
            FittedModel.setup(
                cells, python.config(), python.multimodal(), AmbientProfiles.none(), 0, warnings);
        FittedModel model = FittedModel.of(stored(python, untrained.setup()), pythonDir)) {
      model.save(modelDir, Optional.empty(), ifExists);
    }
  }

  /**
   * Writes a trained model as the Python package would.
   *
   * @param modelDir a model folder
   * @param layers where a modality's counts will be, the single one named ""; where it is left out,
   *     where the model had them, and X of those in raw, which Python makes a file of its own
   * @param version the version of the package that is to read it; empty for the first that can
   * @param pythonDir the folder of the Python model that is written
   * @param ifExists whether a folder that exists may be replaced
   * @throws InputException when there is no model, the version has no such model, or the folder
   *     cannot be made
   */
  public static void write(
      Path modelDir,
      Map<String, CountSource> layers,
      Optional<PackageVersion> version,
      Path pythonDir,
      IfExists ifExists) {
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
      Map<String, CountSource> all = new HashMap<>(model.setup().input().counts().sources(names));
      all.values().removeIf(CountSource.raw()::equals);
      all.putAll(layers);
      PythonModelWriter.write(pythonDir, model.stored(), all, version, ifExists);
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

  private static CellData cells(PythonModel python, Path data, Selection selection) {
    CellFormat format = Formats.of(data);
    boolean several = python.multimodal().isPresent();
    if (format.modalities(data).equals(Selection.ONE_MODALITY) == several) {
      throw new InputException(
          "%s is not the model's data: a model of %s comes with an %s file."
              .formatted(
                  data,
                  several ? "several modalities" : "one modality",
                  several ? ".h5mu" : ".h5ad"));
    }
    Map<String, CountSource> counts = new LinkedHashMap<>(python.sources());
    counts.putAll(selection.counts());
    List<String> names = python.modalities().stream().map(PythonModel.OfModality::name).toList();
    Selection own = new Selection(names, selection.join(), counts, selection.checks());
    try (CellSource source = format.open(data, own)) {
      python.modalities().forEach(m -> requireFeatures(source.features(m.name()), m));
      return CellData.read(source, python.schema());
    }
  }

  private static void requireFeatures(FeatureTable file, PythonModel.OfModality modality) {
    List<String> found = file.varNames();
    List<String> expected = modality.features();
    if (found.size() != expected.size()) {
      throw new InputException(
          "%s has %s; expected the model's %d."
              .formatted(file.source(), Amount.of(found.size(), "feature"), expected.size()));
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
            untrained.input(),
            untrained.seed()),
        Optional.empty(),
        python.history(),
        python.tensors(),
        Optional.empty());
  }
}
