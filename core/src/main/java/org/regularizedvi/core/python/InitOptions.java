package org.regularizedvi.core.python;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.regularizedvi.core.config.LibraryConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Spelling;

/**
 * Reads {@code init_params_}: options by the names of the Python package, its published defaults
 * where one is missing. What is given and not known is refused by name.
 */
final class InitOptions {
  /** They say where training started, or what it reported; nothing after it depends on them. */
  private static final Set<String> OF_NO_MORE_USE =
      Set.of("regularise_dispersion_prior", "compute_pearson");

  private final Map<String, Content> given = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>(OF_NO_MORE_USE);
  private final Set<String> tensors;

  private InitOptions(Content init, Set<String> tensors) {
    this.tensors = tensors;
    given.putAll(init.get("non_kwargs").all());
    init.find("kwargs")
        .ifPresent(
            kwargs ->
                kwargs.all().values().stream()
                    .filter(Content::isDict)
                    .forEach(more -> given.putAll(more.all())));
  }

  /**
   * @param tensors names of the tensors, which tell whether the library encoder is residual where
   *     no option does
   * @return the model's options; those of several modalities are the defaults in a model of one
   * @throws InputException naming an option that is not known or has no such value
   */
  static MultimodalConfig read(Content init, Set<String> tensors) {
    InitOptions options = new InitOptions(init, tensors);
    MultimodalConfig read = Options.map(options.defaults(), options::value);
    options.requireLikelihood();
    options.requireAllKnown();
    return read;
  }

  /** {@return the published model, with the sizes that the package's classes have unless told} */
  private MultimodalConfig defaults() {
    NetworkConfig network = NetworkConfig.published().withSize(128, 10, 1);
    boolean residual = tensors.stream().anyMatch(name -> name.startsWith("library_obs_w_mu"));
    return new MultimodalConfig(
        ModelConfig.published()
            .with(network.withDropout(network.dropoutRate().orElseThrow(), false))
            .with(LibraryConfig.published().withResidual(residual)),
        MultimodalOptions.defaults());
  }

  private Object value(Declared option, Object standing) {
    return switch (option.name()) {
      case "dropout_on_input" -> dropoutOnInput();
      case "dispersion_hyper_prior_mean" -> named(option).orElseGet(this::hyperPriorMean);
      default ->
          option.said().python() == Option.Python.NONE ? standing : named(option).orElse(standing);
    };
  }

  /** The published version knows shape and rate of this prior: Gamma(9, 3) unless told. */
  private double hyperPriorMean() {
    return ask("dispersion_hyper_prior_beta", Content::number).orElse(3.0)
        / ask("dispersion_hyper_prior_alpha", Content::number).orElse(9.0);
  }

  /** No model has more layers than tensors; more would take memory before they are missed. */
  private int layers(Content own) {
    if (own.integer() > tensors.size()) {
      throw given.get("n_layers").expected("at most the number of tensors");
    }
    return own.integer();
  }

  private boolean dropoutOnInput() {
    Optional<Content> encoder = ask("extra_encoder_kwargs", own -> own);
    encoder.ifPresent(
        own ->
            own.all()
                .forEach(
                    (name, value) -> {
                      if (!name.equals("dropout_on_input") && !value.isNone()) {
                        throw new InputException(
                            "%s: the model was made with the option 'extra_encoder_kwargs %s', which this program does not know."
                                .formatted(own.source(), name));
                      }
                    }));
    return encoder
        .flatMap(own -> own.find("dropout_on_input"))
        .map(Content::truth)
        .orElse(ask("dropout_on_input", Content::truth).orElse(false));
  }

  private void requireLikelihood() {
    ask("gene_likelihood", own -> own)
        .filter(own -> !own.text().equals("gamma_poisson"))
        .ifPresent(
            own -> {
              throw own.expected("gamma_poisson");
            });
  }

  private void requireAllKnown() {
    given.forEach(
        (name, value) -> {
          if (!asked.contains(name) && !value.isNone()) {
            throw new InputException(
                "%s: the model was made with the option '%s', which this program does not know."
                    .formatted(value.source(), name));
          }
        });
  }

  private <T> Optional<T> ask(String name, Function<Content, T> read) {
    asked.add(name);
    return Optional.ofNullable(given.get(name)).filter(own -> !own.isNone()).map(read);
  }

  /** {@return an option's value; a dict is that of an option which modalities may differ in} */
  private Optional<Object> named(Declared option) {
    boolean dict = option.form() == Declared.Form.BY_MODALITY;
    return ask(option.name(), own -> own)
        .filter(own -> !option.said().byModality() || own.isDict() == dict)
        .map(
            own ->
                switch (option.form()) {
                  case ONE -> one(option, own);
                  case OPTIONAL -> Optional.of(one(option, own));
                  case BY_MODALITY -> own.byName(each -> one(option, each));
                });
  }

  private Object one(Declared option, Content own) {
    return switch (option.kind()) {
      case WHOLE -> option.name().equals("n_layers") ? layers(own) : own.integer();
      case NUMBER -> own.number();
      case TRUTH -> own.truth();
      case CHOICE -> choice(own, option.type());
      case NAME -> own.text();
      case NAMES -> own.texts();
    };
  }

  private static Object choice(Content own, Class<?> choices) {
    return Spelling.choice(choices, own.text())
        .orElseThrow(
            () ->
                own.expected(
                    "one of " + String.join(", ", Spelling.words(choices)).replace('-', '_')));
  }
}
