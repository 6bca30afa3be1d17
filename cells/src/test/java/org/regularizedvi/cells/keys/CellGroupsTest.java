package org.regularizedvi.cells.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;

/** Columns in which some cells have no value: they are of no group, the others as ever. */
class CellGroupsTest {
  private static CellGroups of(Column column) {
    CellTable table =
        new CellTable() {
          @Override
          public String source() {
            return "cells";
          }

          @Override
          public int nObs() {
            return column.size();
          }

          @Override
          public List<String> obsNames() {
            return IntStream.range(0, nObs()).mapToObj(n -> "cell" + n).toList();
          }

          @Override
          public List<String> obsColumns() {
            return List.of("kind");
          }

          @Override
          public Column obs(String key) {
            return column;
          }
        };
    return CellGroups.of(table, "kind");
  }

  private static void assertGroups(Column column, List<String> names, int... codes) {
    CellGroups groups = of(column);
    assertThat(groups.names()).isEqualTo(names);
    assertThat(groups.codes()).isEqualTo(codes);
  }

  @Test
  void cellsWithoutAValueAreOfNoGroup() {
    assertGroups(
        new Column.Categorical(new int[] {2, -1, 0, 2}, List.of("z", "unused", "a"), false),
        List.of("z", "a"),
        1,
        -1,
        0,
        1);
    assertGroups(
        new Column.Text(new String[] {"b", null, "a", "b"}), List.of("a", "b"), 1, -1, 0, 1);
    assertGroups(
        new Column.Numbers(new double[] {10, Double.NaN, 9}, true), List.of("9", "10"), 1, -1, 0);
    assertGroups(
        new Column.Flags(new boolean[] {true, false, false}, new boolean[] {false, true, false}),
        List.of("False", "True"),
        1,
        -1,
        0);
  }
}
