package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
    work.compareWithOracle(work.run(CountLikelihood.fastest()));
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
  void widthsThatDivideSixteenFit() {
    assertThat(List.of(4, 8, 16)).allMatch(VectorRowLoops::fits);
    assertThat(List.of(1, 2, 3, 5, 32, 64)).noneMatch(VectorRowLoops::fits);
    assertThat(CountLikelihood.scalar().name()).isEqualTo("scalar");
    assertThat(CountLikelihood.vector().name()).startsWith("vector");
  }
}
