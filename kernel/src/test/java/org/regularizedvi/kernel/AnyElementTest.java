package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever theta, mu and count are, the ends of their ranges among them: the kernel agrees with the
 * oracle within the budgets, and what fails is made as simple as it can be.
 */
class AnyElementTest {
  private final OneElement element = new OneElement();

  @Property(tries = 20_000)
  void agreesWithTheOracle(
      @ForAll("thetas") float theta,
      @ForAll("mus") float mu,
      @ForAll @IntRange(max = 1_000_000) int count) {
    OneElement.Errors errors = element.errors(theta, mu, count);
    assertThat(errors.value()).as("value").isLessThan(OneElement.BUDGETS.value());
    assertThat(errors.perLogMu()).as("d/dlog mu").isLessThan(OneElement.BUDGETS.perLogMu());
    assertThat(errors.perLogTheta())
        .as("d/dlog theta")
        .isLessThan(OneElement.BUDGETS.perLogTheta());
  }

  @Provide
  Arbitrary<Float> thetas() {
    return powersOfTen(-4, 8);
  }

  @Provide
  Arbitrary<Float> mus() {
    return powersOfTen(-8, 7);
  }

  private static Arbitrary<Float> powersOfTen(int least, int most) {
    return Arbitraries.doubles().between(least, most).map(power -> (float) Math.pow(10, power));
  }
}
