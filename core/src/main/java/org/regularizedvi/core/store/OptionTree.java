package org.regularizedvi.core.store;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Kind;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Spelling;

/** Holds every option of a model and its training by its name; those not given are left out. */
public final class OptionTree {
  private final SequencedMap<String, Tree> options = new LinkedHashMap<>();

  private OptionTree() {}

  /**
   * Lists the options of a model, and those of its training where it is trained.
   *
   * @param setup the options, keys and modalities of the model
   * @param training the options of training; empty for a model that is not trained here
   * @return a dictionary of options by name, as the command line and Python name them
   */
  public static Tree of(StoredModel.Setup setup, Optional<TrainConfig> training) {
    OptionTree tree = new OptionTree();
    tree.options.put("preset", new Tree.Text(Spelling.word(setup.config().preset())));
    Options.values(setup.schema().keys()).forEach(tree::put);
    Options.values(setup.input()).forEach(tree::put);
    Options.values(setup.config()).forEach(tree::put);
    setup
        .multimodal()
        .ifPresent(
            options ->
                tree.multimodal(
                    new MultimodalConfig(setup.config(), options),
                    setup.modalities().stream().map(StoredModality::name).toList()));
    training.ifPresent(own -> Options.values(own).forEach(tree::put));
    return new Tree.Dict(tree.options);
  }

  /** Single modalities' values come last. */
  private void multimodal(MultimodalConfig config, List<String> modalities) {
    options.put("modalities", new Tree.Texts(modalities));
    SequencedMap<Declared, Object> own = Options.values(config.resolved(modalities).options());
    own.entrySet().stream()
        .sorted(Comparator.comparing(e -> e.getKey().form() == Declared.Form.BY_MODALITY))
        .forEach(e -> put(e.getKey(), e.getValue()));
  }

  private void put(Declared option, Object value) {
    switch (value) {
      case Map<?, ?> byModality ->
          byModality.forEach((name, own) -> put(option.name() + "_" + name, own));
      case Optional<?> own when own.isPresent() -> put(option.name(), own.get());
      case Optional<?> _ when option.kind() == Kind.NUMBER -> put(option.name(), "none");
      case Optional<?> _ -> {} // not given
      default -> put(option.name(), value);
    }
  }

  private void put(String name, Object value) {
    switch (value) {
      case Integer whole -> options.put(name, new Tree.Whole(whole));
      case Double number -> options.put(name, new Tree.Real(number));
      case Boolean flag -> options.put(name, new Tree.Flag(flag));
      case Enum<?> choice -> options.put(name, new Tree.Text(Spelling.word(choice)));
      case String text -> options.put(name, new Tree.Text(text));
      case List<?> texts when texts.isEmpty() -> {} // not given
      case List<?> texts ->
          options.put(name, new Tree.Texts(texts.stream().map(String.class::cast).toList()));
      default -> throw new IllegalArgumentException(name + " is " + value);
    }
  }
}
