package org.regularizedvi.training.continuation;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.BestParameters;
import org.regularizedvi.training.Checkpoints;
import org.regularizedvi.training.StoppedException;
import org.regularizedvi.training.TrainingState;

/**
 * Keeps the checkpoints of one training: every so many minutes, when it is asked to stop, and when
 * training is over. What it does changes no bit of the training.
 *
 * <p>Of several workers worker 0 decides when and writes what all of them gather. The others read
 * its checkpoint when training goes on from one: they need to see the folder, but not to write.
 */
public final class Checkpointer implements Checkpoints {
  private final Optional<Checkpointing> plan;
  private final RunFacts facts;
  private final Optional<KeptRun> found;
  private final Supplier<StoredModel> model;
  private final BestParameters best;
  private final Consumer<String> warnings;
  private final Peers peers;

  /** What each worker would do after a step: a byte for each. */
  private final List<MemorySegment> orders;

  private Optional<Path> last;
  private long keptAt = System.nanoTime();
  private boolean warned;
  private TrainingStep step;

  /**
   * Looks for a checkpoint of the same training.
   *
   * @param plan where and when checkpoints are kept, and when to stop; empty for none, and for all
   *     workers but worker 0
   * @param facts what this training depends on
   * @param model gives the model as it is written, once its stored parameters are up to date
   * @param best the parameters of the best epoch, which has none yet
   * @param warnings is told when a checkpoint cannot be written, and when it is one of another
   *     engine
   * @param peers the workers of this training
   * @throws InputException naming what differs when the folder holds one of another training
   */
  public Checkpointer(
      Optional<Checkpointing> plan,
      RunFacts facts,
      Supplier<StoredModel> model,
      BestParameters best,
      Consumer<String> warnings,
      Peers peers) {
    this.plan = plan;
    this.facts = facts;
    this.model = model;
    this.best = best;
    this.warnings = warnings;
    this.peers = peers;
    Arena arena = Arena.ofAuto();
    this.orders = IntStream.range(0, peers.ranks()).mapToObj(_ -> arena.allocate(1)).toList();
    Optional<KeptRun> own = plan.flatMap(there -> there.folder().found(facts, there.elsewhere()));
    this.last = ofFirst(own.map(KeptRun::folder));
    this.found = own.or(() -> last.map(KeptRun::open));
    own.flatMap(run -> facts.goneElsewhere(run.record().facts())).ifPresent(warnings);
  }

  /** {@return the folder that worker 0 names} */
  private Optional<Path> ofFirst(Optional<Path> own) {
    String name = own.map(folder -> folder.toAbsolutePath().toString()).orElse("");
    String first = new String(peers.gather(name.getBytes(UTF_8)).getFirst(), UTF_8);
    return peers.rank() == 0
        ? own
        : Optional.of(first).filter(there -> !there.isEmpty()).map(Path::of);
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
    double minutes = (System.nanoTime() - keptAt) / 60e9;
    obey(order(due -> minutes >= due), state, false);
  }

  @Override
  public void trainingEnded(Supplier<TrainingState> state) {
    obey(order(_ -> true), state, true);
  }

  /** Says what is to be done between two steps. */
  private enum Order {
    GO_ON,
    KEEP,
    STOP
  }

  /** {@return what worker 0 says} */
  private Order order(DoublePredicate due) {
    Order own =
        plan.map(
                there -> {
                  if (there.stop().getAsBoolean()) {
                    return Order.STOP;
                  }
                  boolean keep = there.minutes() > 0 && due.test(there.minutes());
                  return keep ? Order.KEEP : Order.GO_ON;
                })
            .orElse(Order.GO_ON);
    orders.get(peers.rank()).set(JAVA_BYTE, 0, (byte) own.ordinal());
    peers.gather(orders);
    return Order.values()[orders.getFirst().get(JAVA_BYTE, 0)];
  }

  private void obey(Order order, Supplier<TrainingState> state, boolean trained) {
    if (order != Order.GO_ON) {
      keep(state.get(), trained, order == Order.STOP);
      if (order == Order.STOP) {
        throw new StoppedException(state.get(), last.orElseThrow());
      }
    }
  }

  private void keep(TrainingState state, boolean trained, boolean stop) {
    step.store();
    step.gatherMoments();
    if (plan.isPresent()) {
      write(plan.get().folder(), state, trained, stop);
    }
    last = ofFirst(last);
    keptAt = System.nanoTime();
  }

  private void write(CheckpointFolder folder, TrainingState state, boolean trained, boolean stop) {
    RunRecord record =
        new RunRecord(RunRecord.FORMAT, trained, step.optimiser().steps(), state, facts.byName());
    try {
      last = Optional.of(folder.write(model.get(), record, step.optimiser(), best));
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
  }

  @Override
  public Optional<Path> last() {
    return last;
  }
}
