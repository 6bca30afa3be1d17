package org.regularizedvi.cli;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cli.options.Keeping;
import org.regularizedvi.cli.options.Outputs;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.result.History;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.continuation.CheckpointFolder;
import org.regularizedvi.training.continuation.Checkpointing;

/**
 * Runs a training whose checkpoints lie beside its outputs until these are written, and that ends
 * between two steps when the process is told to.
 *
 * @param outputs what this process writes: of several that share a training the first alone does
 * @param folder of the checkpoints; empty for a training without
 * @param worker this process
 */
record KeptTraining(
    Outputs outputs, Optional<CheckpointFolder> folder, Worker worker, Console console) {
  /**
   * Checks the outputs, opens the checkpoints, has the work done that writes the outputs, and
   * removes the checkpoints: if the work ends in any other way, they stay.
   */
  static <T> T around(
      Outputs outputs,
      CellSource cells,
      Worker worker,
      Console console,
      Function<KeptTraining, T> work) {
    if (!worker.first()) {
      return work.apply(new KeptTraining(Outputs.none(), Optional.empty(), worker, console));
    }
    if (outputs.keeping().isEmpty()) {
      outputs.check(cells);
      return work.apply(new KeptTraining(outputs, Optional.empty(), worker, console));
    }
    Keeping keeping = outputs.keeping().get();
    try (CheckpointFolder folder = outputs.open(keeping, cells, console::warn)) {
      T result = work.apply(new KeptTraining(outputs, Optional.of(folder), worker, console));
      folder.remove();
      return result;
    }
  }

  /** {@return what becomes of outputs that exist: an interrupted run may have written some} */
  IfExists ifExists() {
    return folder.filter(CheckpointFolder::trained).isPresent()
        ? IfExists.REPLACE
        : outputs.ifExists();
  }

  /**
   * Trains a model, from a checkpoint when there is one.
   *
   * @throws StoppedException when the process was told to end; what to do is said
   */
  History train(RegularizedModel model, CellData data, TrainConfig training, Progress progress) {
    if (folder.isEmpty()) {
      return model.train(data, training, progress, Optional.empty(), worker.peers());
    }
    if (worker.task().isPresent()) {
      return train(model, data, training, progress, worker.task().get().stop());
    }
    try (Interruption interruption =
        new Interruption(new ProcessSignal(), () -> console.say("stopping after this step"))) {
      return train(model, data, training, progress, interruption::asked);
    }
  }

  private History train(
      RegularizedModel model,
      CellData data,
      TrainConfig training,
      Progress progress,
      BooleanSupplier stop) {
    Keeping keeping = outputs.keeping().orElseThrow();
    Checkpointing checkpointing =
        new Checkpointing(folder.orElseThrow(), keeping.minutes(), stop, keeping.elsewhere());
    try {
      return model.train(data, training, progress, Optional.of(checkpointing), worker.peers());
    } catch (StoppedException e) {
      // Before the process ends, which it does as soon as nobody listens any more.
      console.say(
          "%s; the same command goes on from there (checkpoint %s)"
              .formatted(e.getMessage(), e.checkpoint()));
      throw e;
    }
  }
}
