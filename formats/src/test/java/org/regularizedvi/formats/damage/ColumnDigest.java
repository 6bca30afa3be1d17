package org.regularizedvi.formats.damage;

import java.util.Arrays;
import java.util.Objects;
import org.regularizedvi.cells.Column;

/** A number that differs where columns differ. */
final class ColumnDigest {
  private ColumnDigest() {}

  static int of(Column column) {
    return switch (column) {
      case Column.Categorical c ->
          Objects.hash(c.categories(), Arrays.hashCode(c.codes()), c.ordered());
      case Column.Text t -> Arrays.hashCode(t.values());
      case Column.Numbers n -> Objects.hash(Arrays.hashCode(n.values()), n.whole());
      case Column.Flags f ->
          Objects.hash(Arrays.hashCode(f.values()), Arrays.hashCode(f.missing()));
    };
  }
}
