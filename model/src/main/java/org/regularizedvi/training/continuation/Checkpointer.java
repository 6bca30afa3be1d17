package org.regularizedvi.training.continuation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.BestParameters;
import org.regularizedvi.training.Checkpoints;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.TrainingState;

/**
 * Keeps the checkpoints of one training: every so many minutes, when it is asked to stop, and when
 * training is over. What it does changes no bit of the training.
 */
public final class Checkpointer implements Checkpoints {
  private final Checkpointing plan;
  private final RunFacts facts;
  private final Optional<KeptRun> found;
  private final Supplier<StoredModel> model;
  private final BestParameters best;
  private final Consumer<String> warnings;
  private Optional<Path> last;
  private long keptAt = System.nanoTime();
  private boolean warned;
  private TrainingStep step;

  /**
   * Looks for a checkpoint of the same training.
   *
   * @param plan where and when checkpoints are kept, and when to stop
   * @param facts what this training depends on
   * @param model gives the model as it is written, once its stored parameters are up to date
   * @param best the parameters of the best epoch, which has none yet
   * @param warnings is told when a checkpoint cannot be written
   * @throws InputException naming what differs when the folder holds one of another training
   */
  public Checkpointer(
      Checkpointing plan,
      RunFacts facts,
      Supplier<StoredModel> model,
      BestParameters best,
      Consumer<String> warnings) {
    this.plan = plan;
    this.facts = facts;
    this.found = plan.folder().found(facts);
    this.model = model;
    this.best = best;
    this.warnings = warnings;
    this.last = found.map(KeptRun::folder);
  }

  /** {@return the model as it was at the checkpoint to go on from; empty when training begins} */
  public Optional<StoredModel> found() {
    return found.map(KeptRun::model);
  }

  /**
   * Gives a step, made of the parameters of the checkpoint, the optimiser's memory back, and the
   * training the parameters of its best epoch.
   *
   * @param fresh the step of the training, which has not taken any step
   */
  public void restore(TrainingStep fresh) {
    step = fresh;
    found.ifPresent(run -> run.restore(step.optimiser(), best));
  }

  @Override
  public Optional<TrainingState> start() {
    return found.map(run -> run.record().state());
  }

  @Override
  public void stepEnded(Supplier<TrainingState> state) {
    boolean stop = plan.stop().getAsBoolean();
    double minutes = (System.nanoTime() - keptAt) / 60e9;
    if (stop || plan.minutes() > 0 && minutes >= plan.minutes()) {
      keep(state.get(), false, stop);
    }
  }

  @Override
  public void trainingEnded(Supplier<TrainingState> state) {
    boolean stop = plan.stop().getAsBoolean();
    if (stop || plan.minutes() > 0) {
      keep(state.get(), true, stop);
    }
  }

  private void keep(TrainingState state, boolean trained, boolean stop) {
    step.store();
    RunRecord record =
        new RunRecord(RunRecord.FORMAT, trained, step.optimiser().steps(), state, facts.byName());
    try {
      last = Optional.of(plan.folder().write(model.get(), record, step.optimiser(), best));
    } catch (IOException e) {
      String sentence = "No checkpoint could be written: %s".formatted(e);
      if (stop) {
        throw new InputException(sentence + ".", e);
      }
      if (!warned) {
        warnings.accept(sentence + "; training goes on without.");
        warned = true;
      }
    }
    keptAt = System.nanoTime();
    if (stop) {
      throw new StoppedException(state, last.orElseThrow());
    }
  }

  @Override
  public Optional<Path> last() {
    return last;
  }
}
