package org.regularizedvi.formats.anndata;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.regularizedvi.formats.anndata.encoding.Table;

/**
 * Is the names of the rows of a table, which are read when one of them is asked for: of millions of
 * cells they take more memory than anything else that a training holds of each, and most of the
 * time they are wanted for a message alone.
 */
final class StoredNames extends AbstractList<String> implements RandomAccess {
  private final Table table;
  private volatile Optional<List<String>> read = Optional.empty();

  StoredNames(Table table) {
    this.table = table;
  }

  @Override
  public int size() {
    return table.rows();
  }

  @Override
  public String get(int row) {
    Optional<List<String>> known = read;
    return (known.isPresent() ? known.get() : names()).get(row);
  }

  private synchronized List<String> names() {
    if (read.isEmpty()) {
      read = Optional.of(table.index());
    }
    return read.get();
  }
}
