package org.regularizedvi.core.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.core.config.LibraryConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFolder;
import org.regularizedvi.input.InputException;

/**
 * Writes {@code model.pt} as scvi-tools does, for {@code torch.load} and the Python package. A
 * saved model does not know which cells it was trained on, so those lists are empty.
 */
public final class PythonModelWriter {
  private PythonModelWriter() {}

  /**
   * Checks, before any work is done, that a model can be written there.
   *
   * @param dir the folder
   * @param ifExists what becomes of a model that the folder holds
   * @throws InputException when the folder holds something else, or a model that may not be
   *     replaced
   */
  public static void requireWritable(Path dir, IfExists ifExists) {
    WholeFolder.require(dir);
    if (!Files.exists(dir)) {
      return;
    }
    if (!Files.isDirectory(dir)) {
      throw new InputException("The output %s is a file; expected a folder.".formatted(dir));
    }
    try (var files = Files.list(dir)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      if (!names.isEmpty() && !names.equals(List.of(PythonModelFolder.FILE))) {
        throw new InputException(
            "%s exists and is not the folder of a Python model; choose another --out."
                .formatted(dir));
      }
      if (!names.isEmpty() && ifExists == IfExists.REFUSE) {
        throw new InputException(
            "%s already holds a model; choose another --out or give --overwrite.".formatted(dir));
      }
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s.".formatted(dir, e.getMessage()), e);
    }
  }

  /**
   * Writes a model. At any moment the folder is the old one or the whole new one.
   *
   * @param dir the folder
   * @param model what to write
   * @param counts where each modality's counts will be in Python, by the modality's name, "" for a
   *     single one; they are in X where it is not named
   * @param asked the version of the package that is to read it; empty for the first that can
   * @param ifExists what becomes of a model that the folder holds
   * @throws InputException when the folder cannot be written, the model has no keys, or the version
   *     that is asked for has no such model
   */
  public static void write(
      Path dir,
      StoredModel model,
      Map<String, CountSource> counts,
      Optional<PackageVersion> asked,
      IfExists ifExists) {
    requireWritable(dir, ifExists);
    PackageVersion version = PackageVersion.of(asked, configs(model.setup()));
    if (model.setup().schema().keys().oneGroup()) {
      throw new InputException(
          "The model was trained without keys, all cells being one group, which the Python package cannot read; train with a batch_key, for example a column that is the same for all cells.");
    }
    List<TensorWriter.Storage> storages = new ArrayList<>();
    byte[] pickle = PickleWriter.write(content(model, counts, version, storages));
    try {
      WholeFolder.write(
          dir,
          ifExists,
          fresh -> TorchZipWriter.write(fresh.resolve(PythonModelFolder.FILE), pickle, storages));
    } catch (IOException e) {
      throw new InputException(
          "The model could not be written to %s: %s.".formatted(dir, e.getMessage()), e);
    }
  }

  private static PyValue content(
      StoredModel model,
      Map<String, CountSource> counts,
      PackageVersion version,
      List<TensorWriter.Storage> storages) {
    return new PyValue.Dict()
        .with("model_state_dict", TensorWriter.stateDict(tensors(model, version), storages))
        .with("var_names", features(model.setup()))
        .with("attr_dict", attributes(model, counts, version));
  }

  /** {@return the parameters, and the library priors as buffers} */
  private static SequencedMap<String, Safetensors.Entry> tensors(
      StoredModel model, PackageVersion version) {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    for (StoredModality modality : model.setup().modalities()) {
      LibraryBuffers names = LibraryBuffers.of(modality.name());
      LibraryPrior prior = modality.priors().library();
      long[] shape = {1, prior.logMeans().length};
      tensors.put(names.logMeans(), new Safetensors.Entry(shape, prior.logMeans()));
      tensors.put(names.logVars(), new Safetensors.Entry(shape, prior.logVars()));
      if (version == PackageVersion.NEWEST) {
        tensors.put(names.globalLogMean(), scalar(prior.globalLogMean()));
        tensors.put(names.logSensitivity(), scalar(prior.logSensitivity()));
      }
    }
    tensors.putAll(model.tensors());
    return tensors;
  }

  private static Safetensors.Entry scalar(float value) {
    return new Safetensors.Entry(new long[0], new float[] {value});
  }

  /**
   * {@return the options with a residual library encoder only where no size factor stands for it}
   */
  private static ModelConfig config(StoredModel.Setup setup) {
    LibraryConfig library = setup.config().library();
    boolean learned = setup.schema().keys().sizeFactorKey().isEmpty();
    return setup.config().with(library.withResidual(library.residualLibraryEncoder() && learned));
  }

  /** {@return these options as each modality has them} */
  private static List<ModelConfig> configs(StoredModel.Setup setup) {
    return setup.modalities().stream()
        .map(own -> MultimodalConfig.of(config(setup), setup.multimodal(), own.name()))
        .toList();
  }

  private static PyValue features(StoredModel.Setup setup) {
    if (setup.multimodal().isEmpty()) {
      return NumpyArrays.ofTexts(setup.modalities().getFirst().features());
    }
    PyValue.Dict names = new PyValue.Dict();
    setup.modalities().forEach(own -> names.with(own.name(), NumpyArrays.ofTexts(own.features())));
    return names;
  }

  private static PyValue attributes(
      StoredModel model, Map<String, CountSource> counts, PackageVersion version) {
    StoredModel.Setup setup = model.setup();
    List<String> names = setup.modalities().stream().map(StoredModality::name).toList();
    return new PyValue.Dict()
        .with("get_normalized_function_name_", new PyValue.Text("get_normalized_expression"))
        .with("history_", history(model.history()))
        .with("init_params_", InitParameters.of(config(setup), setup.multimodal(), names, version))
        .with("is_trained_", new PyValue.Truth(model.history().epochs() > 0))
        .with("registry_", RegistryWriter.of(setup, counts))
        .with("run_id_", new PyValue.Text(""))
        .with("run_name_", new PyValue.Text(""))
        .with("test_indices_", NumpyArrays.ofLongs())
        .with("train_indices_", NumpyArrays.ofLongs())
        .with("validation_indices_", NumpyArrays.ofLongs());
  }

  private static PyValue history(History history) {
    if (history.epochs() == 0) {
      return new PyValue.Nothing();
    }
    PyValue.Dict frames = new PyValue.Dict();
    for (String metric : history.metrics()) {
      frames.with(metric, PandasFrames.frame(metric, history.of(metric)));
    }
    return frames;
  }
}
