package org.regularizedvi.cells.store;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Says what a store holds of one modality.
 *
 * @param name the name of the modality, empty for the only one
 * @param rows the number of cells
 * @param columns the number of features
 * @param counts what the counts are as a whole
 * @param extent how many bytes they take
 */
record StoredModality(String name, int rows, int columns, CountFacts counts, Extent extent) {
  /** {@return how many bytes rows and index take} */
  long bytes() {
    return extent.rowBytes() + extent.indexBytes();
  }

  /** {@return the modality in a sentence: " in modality 'rna'", or nothing where it has no name} */
  String inSentence() {
    return name.isEmpty() ? "" : " in modality '%s'".formatted(name);
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(name);
    out.writeInt(rows);
    out.writeInt(columns);
    out.writeLong(counts.nonzeros());
    out.writeBoolean(counts.fractional());
    out.writeLong(counts.rounded());
    out.writeUTF(counts.digest());
    out.writeLong(extent.rowBytes());
    out.writeLong(extent.indexBytes());
    out.writeInt(extent.indexSum());
  }

  static StoredModality read(DataInput in) throws IOException {
    return new StoredModality(
        in.readUTF(),
        in.readInt(),
        in.readInt(),
        new CountFacts(in.readLong(), in.readBoolean(), in.readLong(), in.readUTF()),
        new Extent(in.readLong(), in.readLong(), in.readInt()));
  }

  /**
   * Checks the numbers against each other, before memory is taken for them.
   *
   * @param most how many bytes of the store there are for this modality and those behind it
   * @throws Damage when they cannot be
   */
  void check(long most) throws Damage {
    if (rows < 0
        || columns < 0
        || counts.nonzeros() < 0
        || extent.rowBytes() < counts.nonzeros()
        || extent.rowBytes() > most
        || extent.indexBytes() < (long) rows * RowIndex.LEAST
        || extent.indexBytes() > most - extent.rowBytes()) {
      throw new Damage("its table says impossible sizes of modality '%s'".formatted(name));
    }
  }
}
