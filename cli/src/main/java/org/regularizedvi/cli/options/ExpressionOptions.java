package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Option;

/** Holds the options that say which expression is wanted, and under which name. */
public final class ExpressionOptions {
  @Option(
      names = "--layer-out",
      paramLabel = "NAME",
      description =
          "Name of the layer, or with --features of the matrix in obsm (default: ${DEFAULT-VALUE}).")
  private String layerOut = Results.EXPRESSION;

  @Option(
      names = "--library-size",
      paramLabel = "1|latent|X",
      description =
          "What the decoder's output is multiplied by: a number, or each cell's latent library size"
              + " (default: 1).")
  private LibrarySize librarySize = new LibrarySize(OptionalDouble.of(1));

  @Option(
      names = "--n-samples",
      paramLabel = "N",
      description = "Mean of so many posterior draws; 0: at the posterior means (default: 0).")
  private int samples;

  @Option(
      names = "--features",
      paramLabel = "A,B|@FILE",
      description = "Only these features, as a matrix in obsm; @FILE has one a line.")
  private Optional<NameList> features = Optional.empty();

  @Option(
      names = "--transform-batch",
      paramLabel = "KEY=CATEGORY",
      description =
          "As if all cells were of this category of a key that the decoder is conditioned on; with"
              + " commas between, the mean over several, and over all combinations of several keys.")
  private KeyCategories transform = KeyCategories.none();

  @Option(
      names = "--cut-off",
      paramLabel = "X",
      description = "Store a sparse layer without the values below X (default: a dense layer).")
  private Optional<Double> cutOff = Optional.empty();

  /** {@return the name of the layer or matrix} */
  public String layerOut() {
    return layerOut;
  }

  /**
   * {@return which features, library size and categories are wanted, and how many draws}
   *
   * @param seed makes the posterior draws
   * @param target the file that a layer is meant for
   * @throws org.regularizedvi.input.InputException when a number is out of range, or a cut-off is
   *     given for some features
   */
  public ExpressionPlan toPlan(long seed, Path target) {
    return new ExpressionPlan(
        librarySize.number(),
        samples,
        transform.byKey(),
        features.map(NameList::names),
        cutOff.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        seed,
        target);
  }
}
