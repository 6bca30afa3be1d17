package org.regularizedvi.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void distanceCountsEdits() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("abc", "abc")).isZero();
  }

  @Test
  void fewNamesAreAllListed() {
    assertThat(Nearest.words("smple", List.of("batch", "sample", "age", "donor")))
        .startsWith("the nearest are 'sample'")
        .endsWith("all are [batch, sample, age, donor]");
    assertThat(Nearest.words("a", List.of())).isEqualTo("there are none");
  }

  @Test
  void manyNamesAreNot() {
    assertThat(Nearest.words("c17", IntStream.range(0, 100).mapToObj(i -> "c" + i).toList()))
        .startsWith("the nearest of 100 are 'c17'")
        .doesNotContain("c55");
  }
}
