package org.regularizedvi.core.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regularizedvi.core.shape.ParameterSpec.Role;

final class ExtendedTensorTest {
  private static ParameterSpec spec(CategoryAxis axis, long... shape) {
    return new ParameterSpec(
        "t",
        shape,
        new ParameterSpec.Start.Constant(0),
        Role.TRAINED,
        1,
        Optional.of(axis),
        Optional.empty());
  }

  /** Two keys side by side: the second one's columns move. */
  @Test
  void columnsOfEveryKeyKeepTheirValues() {
    ExtendedTensor found =
        ExtendedTensor.of(
            spec(CategoryAxis.of(1, 2, 1), 2, 3),
            spec(CategoryAxis.of(1, 3, 2), 2, 5),
            new float[] {1, 3, 10, 2, 6, 20});
    assertThat(found.values()).containsExactly(1, 3, 2, 10, 10, 2, 6, 4, 20, 20);
    assertThat(found.spec().part().orElseThrow().axis()).isEqualTo(1);
    assertThat(found.spec().part().orElseThrow().places()).containsExactly(2, 4);
    assertThat(found.spec().part().orElseThrow().entries(2, 5)).containsExactly(2, 4, 7, 9);
  }

  @Test
  void rowsKeepTheirValues() {
    ExtendedTensor found =
        ExtendedTensor.of(
            spec(CategoryAxis.of(0, 2), 2, 2),
            spec(CategoryAxis.of(0, 3), 3, 2),
            new float[] {1, 2, 3, 6});
    assertThat(found.values()).containsExactly(1, 2, 3, 6, 2, 4);
    assertThat(found.spec().part().orElseThrow().entries(3, 2)).containsExactly(4, 5);
  }

  /** The inputs of a linear map stay in front; a key of one category had no column. */
  @Test
  void aSecondCategoryGivesBothAColumnOfWhichTheFirstStaysZero() {
    ExtendedTensor found =
        ExtendedTensor.of(
            spec(CategoryAxis.oneHot(2, new int[] {1, 2}), 1, 4),
            spec(CategoryAxis.oneHot(2, new int[] {2, 2}), 1, 6),
            new float[] {7, 8, 1, 2});
    assertThat(found.values()).containsExactly(7, 8, 0, 0, 1, 2);
    assertThat(found.spec().part().orElseThrow().places()).containsExactly(3);
  }

  @Test
  void whatHasNoNewCategoryIsFrozen() {
    CategoryAxis axis = CategoryAxis.oneHot(2, new int[0]);
    float[] values = {1, 2};
    ExtendedTensor found = ExtendedTensor.of(spec(axis, 1, 2), spec(axis, 1, 2), values);
    assertThat(found.values()).isSameAs(values);
    assertThat(found.spec().role()).isEqualTo(Role.FROZEN);
    assertThat(found.spec().part()).isEmpty();
  }
}
