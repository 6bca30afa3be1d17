package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CountLikelihoodTest {
  /** Every mode at ragged sizes, each against the oracle. */
  static List<TestCase> cases() {
    List<TestCase> cases = new ArrayList<>();
    int[] columns = {1, 15, 16, 17, 64, 100, 511, 512, 513, 1030};
    int seed = 0;
    for (Activation activation : Activation.values()) {
      for (ElementType type : ElementType.values()) {
        for (String noise : new String[] {"none", "given", "generated"}) {
          for (boolean extras : new boolean[] {true, false}) {
            int size = columns[seed % columns.length];
            cases.add(new TestCase(seed++, activation, type, noise, extras, size));
          }
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fastestAgreesWithTheOracle(TestCase work) {
    TestCase.Result result = work.run(CountLikelihood.fastest());
    if (work.activation == Activation.BURSTS) {
      BurstComparison.agree(work, result);
    } else {
      OracleComparison.agree(work, result);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twinsHaveTheSameBits(TestCase work) {
    TestCase.Result scalar = work.run(CountLikelihood.scalar());
    TestCase.Result vector = work.run(CountLikelihood.vector());
    assertThat(vector.bits()).isEqualTo(scalar.bits());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aWorkspaceUsedBeforeChangesNothing(TestCase work) {
    Workspace used = new Workspace(1);
    CountLikelihood likelihood = CountLikelihood.fastest();
    for (TestCase other : cases().subList(0, 6)) {
      other.run(likelihood, used);
    }
    assertThat(work.run(likelihood, used).bits())
        .isEqualTo(work.run(likelihood, new Workspace(9)).bits());
  }

  @Test
  void rowsThatTheTileDoesNotHoldAreRefused() {
    TestCase work = new TestCase(1, Activation.SOFTPLUS, ElementType.FLOAT32, "none", true, 20);
    assertThatIllegalArgumentException().isThrownBy(() -> work.runRows(0, TestCase.ROWS + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> work.runRows(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> work.runRows(2, 1));
  }

  @Test
  void sumsOfTheFirstSoftmaxPassNeedSoftmax() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plan(Activation.SOFTPLUS, Pass.SOFTMAX_SUMS, new Noise.None(), 1f));
  }

  @Test
  void whatIsNotANumberShows() {
    for (int broken = 0; broken < 5; broken++) {
      float[][] input = {{0.5f}, {2f}, {0.1f}, {1f}, {3f}}; // a, m, sigma, l, lse
      input[broken][0] = Float.NaN;
      RowSums sums = RowSums.ofRows(1);
      CountLikelihood.fastest()
          .run(
              new Plan(
                  broken == 4 ? Activation.SOFTMAX : Activation.SOFTPLUS,
                  Pass.VALUE,
                  new Noise.Given(new float[] {1f}, 1),
                  1f),
              new Tile(
                  0,
                  1,
                  MemorySegment.ofArray(input[0]),
                  ElementType.FLOAT32,
                  1,
                  new int[] {0, 1},
                  new int[] {0},
                  new float[] {2f},
                  BurstSizes.NONE),
              new Cells(input[3], new long[1], input[4], new float[1]),
              new GroupRows(
                  0,
                  1,
                  new GeneTerms(new float[0], new float[0], input[1], input[2], 0),
                  GeneGradients.NONE),
              sums,
              new Workspace(1));
      assertThat(sums.logLikelihood()[0]).isNaN();
    }
  }

  @Test
  void widthsThatDivideSixteenFit() {
    assertThat(List.of(4, 8, 16)).allMatch(VectorRowLoops::fits);
    assertThat(List.of(1, 2, 3, 5, 32, 64)).noneMatch(VectorRowLoops::fits);
    assertThat(CountLikelihood.scalar().name()).isEqualTo("scalar");
    assertThat(CountLikelihood.vector().name()).startsWith("vector");
  }
}
