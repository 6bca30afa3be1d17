package org.regularizedvi.cells.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.regularizedvi.cells.Column;

/** Whatever the names of categories are, a code leads back to its cell's category. */
class AnyCategoriesTest {
  @Property(tries = 300)
  void codesLeadBack(@ForAll @Size(min = 1, max = 50) List<String> labels) {
    List<String> cells = IntStream.range(0, labels.size()).mapToObj(i -> "c" + i).toList();
    Column column = new Column.Text(labels.toArray(String[]::new));
    CategoryMapping mapping = CategoryMapping.fit("key", column, "table", cells);
    int[] codes = mapping.encode(column, "table", cells);
    assertThat(mapping.categories()).doesNotHaveDuplicates().hasSize(new HashSet<>(labels).size());
    for (int i = 0; i < codes.length; i++) {
      assertThat(mapping.categories().get(codes[i])).isEqualTo(labels.get(i));
    }
  }
}
