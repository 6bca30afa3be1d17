package org.regularizedvi.cli.options;

import java.util.List;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Holds the options that say how the modalities of a file, such as an .h5mu, make one model. */
@Command
public final class ModalityOptions {
  private final OptionSpec modalities =
      OptionSpec.builder("--modalities")
          .paramLabel("NAME,..")
          .type(KeyList.class)
          .description(
              "Those to model (default: all of the file). %s take NAME=VALUE,.. as well."
                  .formatted(byModality()))
          .build();

  @Spec
  void addTo(CommandSpec command) {
    command.addOption(modalities);
    DeclaredOptions.of(MultimodalOptions.defaults()).addTo(command);
  }

  private static String byModality() {
    List<String> flags =
        Options.values(ModelConfig.recommended()).keySet().stream()
            .filter(option -> option.said().byModality())
            .map(Declared::flag)
            .toList();
    return String.join(", ", flags.subList(0, flags.size() - 1)) + " and " + flags.getLast();
  }

  /** {@return the modalities named, none for all of the file} */
  public List<String> modalities() {
    return modalities.getValue() instanceof KeyList named ? named.keys() : List.of();
  }
}
