package org.regularizedvi.core.python;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.input.InputException;

/** Reads the folder that the Python package saves a model in: its file {@code model.pt}. */
public final class PythonModelFolder {
  static final String FILE = "model.pt";
  private static final int MOST_METRICS = 200;
  private static final int MOST_EPOCHS = 100_000;

  private PythonModelFolder() {}

  /**
   * Reads a model without running anything that its pickle says.
   *
   * @param dir the folder
   * @return the model
   * @throws InputException when the file is missing, damaged, or of another class, or has something
   *     that this program does not know; the message names it
   */
  public static PythonModel read(Path dir) {
    Path file = dir.resolve(FILE);
    try (TorchZip zip = TorchZip.open(file)) {
      return parse(zip.pickle(), zip, file.toString());
    }
  }

  /** Reads what a pickle says; its tensors' values come from elsewhere. */
  static PythonModel parse(byte[] pickle, Storages storages, String source) {
    Content root = new Content(PickleReader.read(pickle, source), source, "");
    Content attributes = root.get("attr_dict");
    Registry registry = new Registry(attributes.get("registry_"));
    boolean single = registry.model().equals(RegistryFields.SINGLE);
    if (!single && !registry.model().equals(RegistryFields.MULTIMODAL)) {
      throw new InputException(
          "%s holds a %s; only %s and %s can be read."
              .formatted(
                  source, registry.model(), RegistryFields.SINGLE, RegistryFields.MULTIMODAL));
    }
    SequencedMap<String, Safetensors.Entry> tensors =
        new TensorReader(storages).read(root.get("model_state_dict"));
    MultimodalConfig options = InitOptions.read(attributes.get("init_params_"), tensors.keySet());
    List<PythonModel.OfModality> modalities = new ArrayList<>();
    for (Map.Entry<String, String> modality : registry.modalities().entrySet()) {
      modalities.add(
          new PythonModel.OfModality(
              modality.getKey(),
              registry.features(modality.getValue()),
              library(modality.getKey(), tensors, options.shared(), source),
              registry.counts(modality.getValue())));
    }
    Schema schema = registry.schema();
    int groups = schema.of(Purpose.LIBRARY_SIZE).getFirst().size();
    for (PythonModel.OfModality modality : modalities) {
      if (modality.library().logMeans().length != groups) {
        throw new InputException(
            "%s: the tensor '%s' should have %d elements, one a category of the library size key, but has %d."
                .formatted(
                    source,
                    LibraryBuffers.of(modality.name()).logMeans(),
                    groups,
                    modality.library().logMeans().length));
      }
    }
    return new PythonModel(
        options.shared(),
        single ? Optional.empty() : Optional.of(options.options()),
        schema,
        modalities,
        history(attributes),
        tensors);
  }

  /** Takes a modality's buffers out of the tensors. */
  private static LibraryPrior library(
      String modality,
      SequencedMap<String, Safetensors.Entry> tensors,
      ModelConfig config,
      String source) {
    LibraryBuffers names = LibraryBuffers.of(modality);
    List<String> needed = new ArrayList<>(List.of(names.logMeans(), names.logVars()));
    if (config.library().residualLibraryEncoder()) {
      needed.addAll(List.of(names.globalLogMean(), names.logSensitivity()));
    }
    for (String name : needed) {
      if (!tensors.containsKey(name)) {
        throw new InputException("%s lacks the tensor '%s'.".formatted(source, name));
      }
    }
    Safetensors.Entry means = tensors.remove(names.logMeans());
    Safetensors.Entry vars = tensors.remove(names.logVars());
    if (means.values().length != vars.values().length) {
      throw new InputException(
          "%s: the tensors '%s' and '%s' differ in length, %d and %d."
              .formatted(
                  source,
                  names.logMeans(),
                  names.logVars(),
                  means.values().length,
                  vars.values().length));
    }
    return new LibraryPrior(
        means.values(),
        vars.values(),
        scalar(names.globalLogMean(), tensors, source),
        scalar(names.logSensitivity(), tensors, source));
  }

  /** The later version of the package has them; 0 is what they are without centring. */
  private static float scalar(
      String name, SequencedMap<String, Safetensors.Entry> tensors, String source) {
    Safetensors.Entry entry = tensors.remove(name);
    if (entry == null) {
      return 0;
    }
    if (entry.values().length != 1) {
      throw new InputException(
          "%s: the tensor '%s' should have one element, but has %d."
              .formatted(source, name, entry.values().length));
    }
    return entry.values()[0];
  }

  private static History history(Content attributes) {
    Map<String, double[]> values = new LinkedHashMap<>();
    Optional<Content> stored = attributes.find("history_");
    if (stored.isPresent()) {
      SequencedMap<String, Content> frames = stored.get().all();
      if (frames.size() > MOST_METRICS) {
        throw stored.get().expected("a dict of at most %d metrics".formatted(MOST_METRICS));
      }
      frames.forEach(
          (metric, frame) -> {
            double[] column = PandasFrames.column(frame);
            if (column.length > MOST_EPOCHS) {
              throw frame.expected("a table of at most %d epochs".formatted(MOST_EPOCHS));
            }
            values.put(metric, column);
          });
    }
    return History.of(values);
  }
}
