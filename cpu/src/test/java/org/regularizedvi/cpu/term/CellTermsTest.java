package org.regularizedvi.cpu.term;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regularizedvi.cpu.Differences.doubles;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.Differences;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.engine.Model;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.net.Masks;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.term.LatentKlTensors;
import org.regularizedvi.reference.term.LibrarySizeTensors;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

/**
 * The terms of cells: values against the reference, derivatives against differences of the
 * textbook's formulas, both to 1e-6 of the largest.
 */
class CellTermsTest {
  private static final int CELLS = 5;
  private static final int DIMENSIONS = 19;
  private static final double FACTOR = 0.2;
  private static final boolean[] PRESENT = {true, false, true, true, true};
  private static final int[] GROUPS = {1, 0, 1, 0, 0};
  private static final double[] TOTALS = {120, 0, 3000, 0.5, 17};
  private static final LibraryPrior LIBRARY =
      new LibraryPrior(new float[] {0.1f, -0.2f}, new float[] {0.3f, 0.4f}, 6, 0.2f);

  private final Arena arena = Arena.ofAuto();

  /** Distributions, some of them close to the prior; gradients that are there before. */
  private Gaussian gaussian(int dimensions) {
    SplittableRandom random = new SplittableRandom(6);
    Gaussian q = new Gaussian(dimensions, true);
    q.reserve(arena, CELLS);
    for (int n = 0; n < CELLS; n++) {
      for (int k = 0; k < dimensions; k++) {
        float share = k % 3 == 0 ? 0.1f : 1;
        q.mean().set(n, k, share * (float) random.nextGaussian());
        q.variance().set(n, k, (float) Math.exp(share * random.nextGaussian()));
        q.meanGradient().set(n, k, 1);
        q.varianceGradient().set(n, k, 2);
      }
    }
    return q;
  }

  private static NormalPosterior tensors(Gaussian q) {
    return new NormalPosterior(Tensors.of(q.mean().numbers()), Tensors.of(q.variance().numbers()));
  }

  private static void requireNear(Tensor expected, double[] found) {
    assertThat(found).containsExactly(Tensors.doubles(expected), within(1e-6));
  }

  @Test
  void divergencesOfTheLatentAreTheReferences() {
    Gaussian q = gaussian(DIMENSIONS);
    Matrix klNK = Matrix.in(arena, CELLS, DIMENSIONS);
    klNK.set(1, 0, 5);
    LatentKlTerm.perDimension(q, PRESENT, 0, 2, klNK);
    LatentKlTerm.perDimension(q, PRESENT, 2, CELLS, klNK);
    double[] klN = new double[CELLS];
    int[] activeN = new int[CELLS];
    klN[0] = 7;
    LatentKlTerm.addUp(klNK, 0, CELLS, klN);
    LatentKlTerm.countActive(klNK, Optional.empty(), 0, CELLS, activeN);
    try (PointerScope _ = new PointerScope()) {
      Tensor expected = Masks.masked(LatentKlTensors.perDimension(tensors(q)), PRESENT);
      requireNear(expected, doubles(klNK.numbers().values()));
      klN[0] -= 7;
      assertThat(klN).containsExactly(Tensors.doubles(expected.sum(1)), within(1e-5));
      double[] active = Tensors.doubles(LatentKlTensors.active(expected).sum(1));
      for (int n = 0; n < CELLS; n++) {
        assertThat(activeN[n]).isEqualTo((int) active[n]);
      }
    }
    assertThat(klN[1]).isZero();
    assertThat(activeN[0]).isBetween(1, DIMENSIONS - 1);
  }

  @Test
  void derivativesOfTheLatentsDivergenceAreTheTextbooks() {
    Gaussian q = gaussian(DIMENSIONS);
    LatentKlTerm.differentiate(q, PRESENT, FACTOR, 0, 3);
    LatentKlTerm.differentiate(q, PRESENT, FACTOR, 3, CELLS);
    requireSlopes(q, cell -> LatentKl.of(cell.mean(), cell.variance()));
  }

  @Test
  void divergencesOfTheLibrarySizeAreTheReferences() {
    Gaussian q = gaussian(1);
    double[] klN = {3, 0, 0, 0, 0};
    LibrarySizeTerm term = new LibrarySizeTerm(LIBRARY);
    term.divergence(q, GROUPS, PRESENT, 0, 2, klN);
    term.divergence(q, GROUPS, PRESENT, 2, CELLS, klN);
    klN[0] -= 3;
    try (Parameters parameters = parameters()) {
      withReference(
          parameters,
          library ->
              requireNear(
                  Masks.masked(library.divergence(tensors(q), covariates()), PRESENT), klN));
    }
    assertThat(klN[1]).isZero();
  }

  @Test
  void derivativesOfTheLibrarySizesDivergenceAreTheTextbooks() {
    Gaussian q = gaussian(1);
    LibrarySizeTerm term = new LibrarySizeTerm(LIBRARY);
    term.differentiate(q, GROUPS, PRESENT, FACTOR, 0, 3);
    term.differentiate(q, GROUPS, PRESENT, FACTOR, 3, CELLS);
    requireSlopes(
        q,
        cell ->
            LibrarySize.divergence(
                cell.mean(),
                cell.variance(),
                LIBRARY.logMeans()[GROUPS[cell.row()]],
                LIBRARY.logVars()[GROUPS[cell.row()]]));
  }

  /** One dimension of a cell. */
  private record Cell(int row, double mean, double variance) {}

  /** Requires what was added to the gradients to be the differences, for cells that are present. */
  private static void requireSlopes(Gaussian q, Function<Cell, Double> divergence) {
    for (int n = 0; n < CELLS; n++) {
      int row = n;
      for (int k = 0; k < q.dimensions(); k++) {
        double[] at = {q.mean().get(n, k), q.variance().get(n, k)};
        double factor = PRESENT[n] ? FACTOR : 0;
        Differences.requireSlopes(
            "cell %d, dimension %d".formatted(n, k),
            () -> at[0] + 2 * at[1] + factor * divergence.apply(new Cell(row, at[0], at[1])),
            at,
            doubles(q.meanGradient().get(n, k), q.varianceGradient().get(n, k)),
            1e-6,
            1);
      }
    }
  }

  @Test
  void theShiftByTheObservedTotalIsTheReferences() {
    CounterNoise noise = new CounterNoise(new CounterRandom(3), 1, new int[CELLS]);
    try (Parameters parameters = parameters()) {
      LibraryWeightTerm term = term(parameters);
      requireShift(parameters, term.draw(noise), LibrarySizeTensors.Weight.drawn(noise));
      requireShift(parameters, term.mean(), LibrarySizeTensors.Weight.mean());
    }
  }

  private void requireShift(
      Parameters parameters,
      LibraryWeightTerm.Weight weight,
      LibrarySizeTensors.Weight ofReference) {
    Gaussian q = gaussian(1);
    withReference(
        parameters,
        library -> {
          Tensor expected = library.posterior(tensors(q), TOTALS, ofReference).mean();
          LibraryWeightTerm term = term(parameters);
          term.shift(weight, TOTALS, q, 0, 2);
          term.shift(weight, TOTALS, q, 2, CELLS);
          requireNear(expected, doubles(q.mean().numbers().values()));
        });
  }

  @Test
  void derivativesOfTheShiftAreTheTextbooks() {
    CounterNoise noise = new CounterNoise(new CounterRandom(3), 1, new int[CELLS]);
    float[] normal = new float[1];
    noise.sharedNormals(Draw.of(Draw.Kind.LIBRARY_WEIGHT, 0), normal);
    try (Parameters parameters = parameters()) {
      LibraryWeightTerm term = term(parameters);
      requireShiftSlopes(
          parameters, term.draw(noise), at -> Math.exp(at[0] + Math.exp(at[1]) * normal[0]));
      requireShiftSlopes(parameters, term.mean(), at -> Math.exp(at[0] + Math.exp(2 * at[1]) / 2));
    }
  }

  private void requireShiftSlopes(
      Parameters parameters, LibraryWeightTerm.Weight weight, Function<double[], Double> textbook) {
    LibrarySize library = new LibrarySize(spec());
    List<String> names = List.of(library.weightMean(), library.weightLogSigma());
    Gaussian q = gaussian(1);
    q.meanGradient().set(2, 0, -0.5f);
    Gradients gradients = Gradients.of(parameters, names, arena);
    term(parameters).differentiateShift(weight, TOTALS, q, CELLS, gradients);
    double[] at = doubles(parameters.values(names.get(0))[0], parameters.values(names.get(1))[0]);
    Differences.requireSlopes(
        "mu, log sigma",
        () -> {
          double loss = 0;
          for (int n = 0; n < CELLS; n++) {
            double observed = Math.log(Math.max(TOTALS[n], 1)) - LIBRARY.globalLogMean();
            loss += q.meanGradient().get(n, 0) * observed * textbook.apply(at);
          }
          return loss;
        },
        at,
        doubles(
            gradients.of(names.get(0)).get(JAVA_FLOAT, 0),
            gradients.of(names.get(1)).get(JAVA_FLOAT, 0)),
        1e-6,
        1);
  }

  private static LibraryWeightTerm term(Parameters parameters) {
    return LibraryWeightTerm.of(spec(), LIBRARY, parameters).orElseThrow();
  }

  private static ModalitySpec spec() {
    ModelConfig config = TestCells.smallModel();
    int[] one = {1};
    CategoryCounts categories = new CategoryCounts(one, one, one, new int[0], one, 1, 2, 0);
    return new ModalitySpec(
        0, StoredNames.single(), 3, config.network().nLatent(), config, categories);
  }

  private static Parameters parameters() {
    Parameters parameters = Parameters.start(ParameterLayout.ofAll(NetworkSpec.single(spec())), 3);
    LibrarySize library = new LibrarySize(spec());
    parameters.memory(library.weightMean()).set(JAVA_FLOAT, 0, -0.3f);
    parameters.memory(library.weightLogSigma()).set(JAVA_FLOAT, 0, -0.7f);
    return parameters;
  }

  private interface Use {
    void of(LibrarySizeTensors library);
  }

  private static void withReference(Parameters parameters, Use use) {
    ModalityPriors priors =
        new ModalityPriors(LIBRARY, spec().config().priors().dispersionHyperPrior());
    try (PointerScope _ = new PointerScope();
        Network network =
            Network.of(new Model(NetworkSpec.single(spec()), List.of(priors), parameters))) {
      use.of(network.modalities().getFirst().library());
    }
  }

  private static Covariates covariates() {
    return new Covariates(
        CELLS, Map.of(Purpose.LIBRARY_SIZE, new int[][] {GROUPS}), new float[0][], new float[0]);
  }
}
