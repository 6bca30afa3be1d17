package org.regularizedvi.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.Version;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.machine.Machine;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFolder;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes the folder that a model is saved in: {@code model.safetensors} and {@code
 * model.json}, and {@code run.json} where it is known how the model was trained. It appears whole
 * or not at all.
 */
public final class ModelDirectory {
  /** The name of the file that holds the parameters. */
  public static final String WEIGHTS = "model.safetensors";

  /** The name of the file that holds everything else. */
  public static final String RECORD = "model.json";

  private static final ObjectMapper JSON = StoredRecords.JSON;

  private ModelDirectory() {}

  /**
   * Checks, before any work is done, that a model can be written there.
   *
   * @param dir the folder
   * @param ifExists what becomes of a model that the folder holds
   * @throws InputException when the folder holds anything but a model, or a model that may not be
   *     replaced
   */
  public static void requireWritable(Path dir, IfExists ifExists) {
    WholeFolder.require(dir);
    if (!Files.exists(dir)) {
      return;
    }
    if (!Files.isDirectory(dir)) {
      throw new InputException("The model directory %s is a file.".formatted(dir));
    }
    List<String> others = others(dir);
    boolean model = Files.exists(dir.resolve(RECORD));
    if (!model && !others.isEmpty()) {
      throw new InputException(
          "%s exists and is not a model directory; choose another folder.".formatted(dir));
    }
    if (model && ifExists == IfExists.REFUSE) {
      throw new InputException(
          "%s already holds a model; choose another folder or give --overwrite.".formatted(dir));
    }
    if (!others.isEmpty()) {
      throw new InputException(
          "%s holds %s beside its model, which would be lost; move it elsewhere, or choose another folder."
              .formatted(dir, others.getFirst()));
    }
  }

  /** Lists what is in a folder besides a model and what systems hide there. */
  private static List<String> others(Path dir) {
    try (var files = Files.list(dir)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(
              name ->
                  !List.of(RECORD, WEIGHTS, TrainingNote.FILE).contains(name)
                      && !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s.".formatted(dir, e.getMessage()), e);
    }
  }

  /**
   * Writes a model. At any moment the folder is the old one or the whole new one.
   *
   * @param dir the folder
   * @param model what to write
   * @param note when and how the model was trained, where that is known
   * @param ifExists what becomes of a model that the folder holds
   * @throws InputException when the folder cannot be written
   */
  public static void write(
      Path dir, StoredModel model, Optional<TrainingNote> note, IfExists ifExists) {
    requireWritable(dir, ifExists);
    try {
      WholeFolder.write(
          dir,
          ifExists,
          fresh -> {
            writeFiles(fresh, model);
            if (note.isPresent()) {
              note.get().write(fresh);
            }
          });
    } catch (IOException e) {
      throw new InputException(
          "The model could not be written to %s: %s.".formatted(dir, e.getMessage()), e);
    }
  }

  /**
   * Writes the files of a model into a folder that has none of them.
   *
   * @param dir the folder, which exists
   * @param model what to write
   * @throws IOException when a file cannot be written
   */
  public static void writeFiles(Path dir, StoredModel model) throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = CompleteCellTensors.with(model);
    PriorTensors.add(model, tensors);
    Safetensors.write(dir.resolve(WEIGHTS), tensors);
    Files.write(dir.resolve(RECORD), JSON.writeValueAsBytes(record(model)));
  }

  /**
   * {@return whether a model is one of named modalities}
   *
   * @param dir the folder
   * @throws InputException as {@link #read}
   */
  public static boolean multimodal(Path dir) {
    return tree(dir).path("model").asText().equals(ModelRecord.MULTIMODAL);
  }

  /**
   * {@return the names of a model's modalities; that of a single one is empty}
   *
   * @param dir the folder
   * @throws InputException as {@link #read}
   */
  public static List<String> modalities(Path dir) {
    return multimodal(dir) ? tree(dir).path("modalities").findValuesAsText("name") : List.of("");
  }

  /**
   * {@return the preset that a model's options began with; the first format knew the published one
   * only}
   *
   * @param dir the folder
   * @throws InputException as {@link #read}
   */
  public static Preset preset(Path dir) {
    String name = tree(dir).path("config").path("preset").asText(Preset.PUBLISHED.name());
    return Arrays.stream(Preset.values())
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "%s is damaged: it has no preset '%s'.".formatted(dir.resolve(RECORD), name)));
  }

  /**
   * {@return the model that a folder holds}
   *
   * @param dir the folder
   * @throws InputException when a file is missing, damaged or of a later format
   */
  public static StoredModel read(Path dir) {
    ObjectNode tree = tree(dir);
    int format = tree.path("format").asInt();
    String model = tree.path("model").asText();
    if (format > ModelRecord.FORMAT) {
      throw new InputException(
          "%s is of format %d, which a later version wrote; this one reads formats 1 to %d."
              .formatted(dir.resolve(RECORD), format, ModelRecord.FORMAT));
    }
    if (format < 1 || !List.of(ModelRecord.SINGLE, ModelRecord.MULTIMODAL).contains(model)) {
      throw new InputException(
          "%s holds a %s of format %d; this version reads %s and %s of format 1 to %d."
              .formatted(
                  dir.resolve(RECORD),
                  model,
                  format,
                  ModelRecord.SINGLE,
                  ModelRecord.MULTIMODAL,
                  ModelRecord.FORMAT));
    }
    if (format == 1) {
      FirstFormat.upgrade(tree, JSON.valueToTree(ModelConfig.published()));
    }
    if (format <= 2) {
      SecondFormat.upgrade(tree);
    }
    if (format <= 3) {
      ThirdFormat.upgrade(tree);
    }
    if (format <= 6) {
      FourthFormat.upgrade(tree);
    }
    try {
      ModelRecord record = JSON.treeToValue(tree, ModelRecord.class);
      if (record.multimodal().isPresent() != model.equals(ModelRecord.MULTIMODAL)) {
        throw new InputException(
            "%s is damaged: its options are not those of a %s."
                .formatted(dir.resolve(RECORD), model));
      }
      if (record.config().network().dropoutRate().isEmpty()) {
        throw new InputException(
            "%s is damaged: it has no dropout_rate.".formatted(dir.resolve(RECORD)));
      }
      return stored(record, dir);
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s is damaged: %s.".formatted(dir.resolve(RECORD), e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new InputException("%s could not be read: %s.".formatted(dir, e.getMessage()), e);
    }
  }

  private static ObjectNode tree(Path dir) {
    for (String name : List.of(RECORD, WEIGHTS)) {
      if (!Files.isRegularFile(dir.resolve(name))) {
        throw new InputException(
            "%s is not a model directory: it has no %s; give the --model-dir of a finished training run."
                .formatted(dir, name));
      }
    }
    try {
      JsonNode tree = JSON.readTree(Files.readAllBytes(dir.resolve(RECORD)));
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new InputException(
          "%s is damaged: it holds no JSON object.".formatted(dir.resolve(RECORD)));
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s is damaged: %s.".formatted(dir.resolve(RECORD), e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new InputException("%s could not be read: %s.".formatted(dir, e.getMessage()), e);
    }
  }

  private static ModelRecord record(StoredModel model) {
    StoredModel.Setup setup = model.setup();
    Map<String, List<String>> categories = new LinkedHashMap<>();
    setup.schema().mappings().values().stream()
        .sorted(Comparator.comparing(CategoryMapping::key))
        .forEach(mapping -> categories.put(mapping.key(), mapping.categories()));
    Map<String, double[]> history = new LinkedHashMap<>();
    model.history().metrics().forEach(metric -> history.put(metric, model.history().of(metric)));
    return new ModelRecord(
        ModelRecord.FORMAT,
        setup.multimodal().isPresent() ? ModelRecord.MULTIMODAL : ModelRecord.SINGLE,
        Version.current(),
        setup.seed(),
        setup.config(),
        setup.multimodal(),
        model.training(),
        setup.schema().keys(),
        categories,
        setup.modalities().stream().map(ModelDirectory::record).toList(),
        setup.input(),
        Machine.current(),
        history,
        model.history().keptEpoch());
  }

  private static ModelRecord.ModalityRecord record(StoredModality modality) {
    LibraryPrior library = modality.priors().library();
    return new ModelRecord.ModalityRecord(
        modality.name(),
        library.logMeans(),
        library.logVars(),
        library.globalLogMean(),
        library.logSensitivity(),
        modality.priors().dispersion().mean(),
        modality.features(),
        modality.dataDigest());
  }

  private static StoredModel stored(ModelRecord record, Path dir) throws IOException {
    Map<String, CategoryMapping> mappings = new LinkedHashMap<>();
    record.categories().forEach((key, names) -> mappings.put(key, new CategoryMapping(key, names)));
    SequencedMap<String, Safetensors.Entry> tensors = Safetensors.read(dir.resolve(WEIGHTS));
    return new StoredModel(
        new StoredModel.Setup(
            record.config(),
            record.multimodal(),
            new Schema(record.keys(), mappings),
            record.modalities().stream()
                .map(
                    own ->
                        stored(
                            own,
                            MultimodalConfig.of(record.config(), record.multimodal(), own.name()),
                            tensors,
                            dir.resolve(WEIGHTS)))
                .toList(),
            record.input(),
            record.seed()),
        record.training(),
        course(record, dir),
        tensors,
        CompleteCellTensors.take(tensors, dir.resolve(WEIGHTS)));
  }

  private static History course(ModelRecord record, Path dir) {
    History course = History.of(record.history());
    int kept = record.keptEpoch();
    if (kept < Math.min(1, course.epochs()) || kept > course.epochs()) {
      throw new InputException(
          "%s is damaged: epoch %d of %d was kept."
              .formatted(dir.resolve(RECORD), kept, course.epochs()));
    }
    if (kept < course.epochs()) {
      course.keep(kept);
    }
    return course;
  }

  private static StoredModality stored(
      ModelRecord.ModalityRecord record,
      ModelConfig config,
      SequencedMap<String, Safetensors.Entry> tensors,
      Path weights) {
    int features = record.features().size();
    return new StoredModality(
        record.name(),
        record.features(),
        new ModalityPriors(
            new LibraryPrior(
                record.libraryLogMeans(),
                record.libraryLogVars(),
                record.libraryGlobalLogMean(),
                record.libraryLogSensitivity()),
            config.dispersionHyperPrior().withMean(record.dispersionHyperPriorMean()),
            PriorTensors.ambient(tensors, record.name(), features, weights),
            PriorTensors.widths(tensors, record.name(), features, weights)),
        record.dataDigest());
  }
}
