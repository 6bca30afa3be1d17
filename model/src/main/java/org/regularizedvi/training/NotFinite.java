package org.regularizedvi.training;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.input.InputException;

/** Words the message about a step whose loss or gradients are not finite. */
final class NotFinite {
  private NotFinite() {}

  /**
   * {@return the exception that ends the training}
   *
   * @param plan of the step
   * @param last where the last good state lies
   */
  static InputException at(Course course, StepLosses losses, StepPlan plan, Optional<Path> last) {
    return new InputException(
        "Training stopped at epoch %d, step %d: %s. Try a lower --lr than %s%s, and look for cells or features with extreme counts. %s"
            .formatted(
                course.epoch + 1,
                course.sums.steps() + 1,
                what(losses),
                plan.optimiser().lr(),
                plan.precision() == Precision.BFLOAT16 ? ", or --precision float32" : "",
                where(last)));
  }

  private static String what(StepLosses losses) {
    String gradient =
        losses.brokenGradient().map("the gradient of %s"::formatted).orElse("no gradient");
    if (Double.isFinite(losses.loss())) {
      return "the loss is finite, %.1f, but %s is not".formatted(losses.loss(), gradient);
    }
    return "the loss is not finite (%s nats per cell); first to go were %s and %s"
        .formatted(
            cells(losses.cells()),
            losses.brokenTerm().map("the %s"::formatted).orElse("their sum"),
            gradient);
  }

  private static String cells(CellLoss loss) {
    return loss.nats().entrySet().stream()
        .map(term -> "%s %s".formatted(term.getKey().words(), term.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String where(Optional<Path> last) {
    return last.map(
            folder ->
                "The last good state is kept in %s, a model folder: --resume-from it with a lower --lr and another --model-dir to go on."
                    .formatted(folder))
        .orElse("No checkpoint had been kept yet.");
  }
}
