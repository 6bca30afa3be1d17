package org.regularizedvi.data;

import java.util.List;

/** The table of cells (obs) of an input: named rows, columns looked up by key. */
public interface CellTable {
  /** What to call this table in messages, usually the file's name. */
  String source();

  int nObs();

  List<String> obsNames();

  /** Returns the column, or throws {@link InputException} naming the nearest existing keys. */
  Column obs(String key);

  /** The table of an opened file. */
  static CellTable of(AnnDataFile file) {
    return new CellTable() {
      @Override
      public String source() {
        return file.path().getFileName().toString();
      }

      @Override
      public int nObs() {
        return file.nObs();
      }

      @Override
      public List<String> obsNames() {
        return file.obsNames();
      }

      @Override
      public Column obs(String key) {
        return file.obs(key);
      }
    };
  }
}
