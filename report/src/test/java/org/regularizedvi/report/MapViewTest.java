package org.regularizedvi.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MapViewTest {
  @Test
  void someOfTheCellsKeepPlaceAndColours() {
    MapView all =
        new MapView(
            "All.",
            "x",
            "y",
            new float[] {1, 2, Float.NaN, 4},
            new float[] {5, 6, Float.NaN, 8},
            List.of(
                new MapView.Groups("kind", new int[] {0, 1, -1, 1}, List.of("a", "b")),
                new MapView.Numbers("size", new float[] {10, 20, 30, 40}),
                new MapView.Feature("CD4", new float[] {0, 1, 2, 3})));
    MapView some = all.some(new int[] {1, 3}, "Two of four.");
    assertThat(some.about()).isEqualTo("Two of four.");
    assertThat(some.x()).containsExactly(2, 4);
    assertThat(some.y()).containsExactly(6, 8);
    MapView.Groups groups = (MapView.Groups) some.colours().get(0);
    assertThat(groups.codes()).containsExactly(1, 1);
    assertThat(groups.categories()).containsExactly("a", "b");
    assertThat(((MapView.Numbers) some.colours().get(1)).values()).containsExactly(20, 40);
    assertThat(((MapView.Feature) some.colours().get(2)).values()).containsExactly(1, 3);
  }
}
