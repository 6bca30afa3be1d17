package org.regularizedvi.cli.options;

import java.nio.file.Path;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.result.CorrectionPlan;
import picocli.CommandLine.Option;

/** Holds the options that say how counts are corrected. */
public final class CorrectionOptions {
  @Option(
      names = "--method",
      paramLabel = "HOW",
      description =
          "How to correct a count. expected: the count times its native share; mode: the most"
              + " probable native count; binomial: a native count drawn at random (default: expected).")
  private CorrectionMethod method = CorrectionMethod.EXPECTED;

  @Option(
      names = "--ambient-amount",
      paramLabel = "HOW",
      description =
          "How much ambient RNA a cell is taken to have. cell: as much as counts of genes tell that"
              + " it hardly expresses; model: as much as any cell of its sample has for its library"
              + " size (default: cell).")
  private AmbientAmount amount = AmbientAmount.CELL;

  /**
   * {@return how counts are corrected}
   *
   * @param seed makes binomial draws
   * @param target the file that the corrected counts are meant for
   */
  public CorrectionPlan toPlan(long seed, Path target) {
    return new CorrectionPlan(method, amount, seed, target);
  }
}
