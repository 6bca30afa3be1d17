package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Options;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the options that say whether and how a model learns categories that it has not seen. */
public final class ExtendOptions {
  @Option(
      names = "--extend",
      description =
          "Learn what belongs to categories that training did not see, from the cells that have"
              + " them; all else of the model stays as it is (default: an unseen category is an"
              + " error).")
  private boolean extend;

  @Option(
      names = "--extended-model-dir",
      paramLabel = "DIR",
      description = "Folder for the extended model (default: it is not kept).")
  private Optional<Path> folder = Optional.empty();

  @Mixin
  private DeclaredOptions training =
      DeclaredOptions.of(TrainConfig.recommended(), TrainConfig.published());

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** {@return whether the model is to be extended} */
  public boolean asked() {
    return extend;
  }

  /** {@return the folder for the extended model; empty where it is not kept} */
  public Optional<Path> folder() {
    return folder;
  }

  /**
   * {@return the options of the training of the new categories}
   *
   * @param preset the set of options that the model started from
   */
  public TrainConfig toConfig(Preset preset) {
    return Options.map(preset.training(), new GivenOptions(command));
  }

  /**
   * Checks, before any work is done, that the extended model can be written.
   *
   * @param output the copy of the input, which must have another name
   * @throws InputException when it cannot, or has the name of the output
   */
  public void require(CopyOutput output) {
    if (folder.isEmpty()) {
      return;
    }
    if (folder.get().toAbsolutePath().equals(output.path().toAbsolutePath())) {
      throw new InputException(
          "--out and --extended-model-dir are the same, %s; a file and a folder cannot share a name."
              .formatted(folder.get()));
    }
    ModelDirectory.requireWritable(folder.get(), output.ifExists());
  }
}
