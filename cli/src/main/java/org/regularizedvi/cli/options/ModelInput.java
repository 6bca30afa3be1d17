package org.regularizedvi.cli.options;

import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.cells.PassListener;
import org.regularizedvi.cells.view.WatchedCells;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.TrainingNote;
import org.regularizedvi.model.RegularizedModel;
import picocli.CommandLine.Mixin;

/** Holds the options that name a trained model and the cells that it is asked about. */
public final class ModelInput {
  @Mixin private InputFiles files;

  @Mixin private ModelFolder folder;
  @Mixin private CountOptions counts;
  @Mixin private QueryOptions query;

  /** {@return the set of options that the model started from} */
  public Preset preset() {
    return ModelDirectory.preset(folder.path());
  }

  /** {@return how the model was trained, where its folder says so} */
  public Optional<TrainingNote> training() {
    return TrainingNote.read(folder.path());
  }

  /**
   * Opens the model and the file: the model decides of which kind the file must be.
   *
   * @param say is told, in a sentence each, how the file is read where nobody asked for it
   * @param passes is told how far each pass over the counts is
   * @return both, to be closed by the caller
   * @throws org.regularizedvi.input.InputException when one of them cannot be read, or the file is
   *     not of that kind
   */
  public OpenModel open(Consumer<String> say, PassListener passes) {
    RegularizedModel model = RegularizedModel.load(folder.path());
    try {
      return new OpenModel(
          model,
          new WatchedCells(
              counts.toReading().open(files.toInputs(), model, query.toQuery(), say), passes));
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }
}
