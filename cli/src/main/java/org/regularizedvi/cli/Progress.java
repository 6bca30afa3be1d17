package org.regularizedvi.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.regularizedvi.cli.reporting.Durations;
import org.regularizedvi.core.result.History;
import org.regularizedvi.input.Amount;
import org.regularizedvi.training.TrainListener;

/**
 * Shows how training goes: a line that is written over on a terminal, else a line for every tenth
 * of the epochs.
 */
final class Progress implements TrainListener, AutoCloseable {
  private static final int BAR = 24;

  private final Console console;
  private final LongSupplier clock;
  private final LiveLine line;
  private long start;
  private long steps;
  private int tenths;
  private Plan plan = new Plan(0, 0, 0, 0);

  Progress(Console console) {
    this(console, System::nanoTime);
  }

  /**
   * Watches with a clock of one's own.
   *
   * @param clock nanoseconds since any moment
   */
  Progress(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    this.line = new LiveLine(console, clock.getAsLong());
  }

  @Override
  public void started(Plan plan) {
    this.plan = plan;
    steps = plan.stepsTaken();
    tenths = (int) (10 * steps / plan.steps());
    start = clock.getAsLong();
    console.say(
        String.format(
            Locale.ROOT,
            "training on %s%s, up to %s of %s",
            Amount.of(plan.trainingCells(), "cell"),
            plan.validationCells() == 0
                ? ""
                : String.format(Locale.ROOT, ", validating on %,d", plan.validationCells()),
            Amount.of(plan.epochs(), "epoch"),
            Amount.of(plan.stepsPerEpoch(), "step")));
    plan.checkpoint()
        .ifPresent(
            checkpoint ->
                console.say(
                    plan.stepsTaken() == plan.steps()
                        ? "training was over (checkpoint %s)".formatted(checkpoint)
                        : String.format(
                            Locale.ROOT,
                            "going on from epoch %d of %d, step %d of %d (checkpoint %s)",
                            1 + plan.stepsTaken() / plan.stepsPerEpoch(),
                            plan.epochs(),
                            1 + plan.stepsTaken() % plan.stepsPerEpoch(),
                            plan.stepsPerEpoch(),
                            checkpoint)));
  }

  @Override
  public void warned(String sentence) {
    console.warn(sentence);
  }

  @Override
  public void stepEnded(long step, double loss) {
    steps = step;
    long now = clock.getAsLong();
    line.draw(now, () -> bar(now, step, loss));
  }

  private String bar(long now, long step, double loss) {
    int epoch = (int) Math.min(plan.epochs(), 1 + (step - 1) / plan.stepsPerEpoch());
    int filled = (int) (BAR * step / plan.steps());
    return String.format(
        Locale.ROOT,
        "epoch %d/%d [%s%s] %d %%  loss %.1f  %s left",
        epoch,
        plan.epochs(),
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        100 * step / plan.steps(),
        loss,
        left(now));
  }

  @Override
  public void epochEnded(int epoch, History history) {
    int done = history.epochs();
    int tenth = 10 * done / plan.epochs();
    if (!console.live() && tenth > tenths) {
      tenths = tenth;
      console.say(
          String.format(
              Locale.ROOT,
              "epoch %d/%d (%d %%): loss %.1f, %s left",
              done,
              plan.epochs(),
              100 * done / plan.epochs(),
              history.last("loss_train"),
              left(clock.getAsLong())));
    }
  }

  @Override
  public void close() {
    line.close();
  }

  /** {@return how long training has taken so far} */
  Duration elapsed() {
    return Duration.ofNanos(clock.getAsLong() - start);
  }

  /** {@return whether training went on from where an earlier process had stopped} */
  boolean wentOn() {
    return plan.checkpoint().isPresent();
  }

  private String left(long now) {
    double aStep = (double) (now - start) / Math.max(1, steps - plan.stepsTaken());
    return Durations.text(Duration.ofNanos((long) (aStep * (plan.steps() - steps))));
  }
}
