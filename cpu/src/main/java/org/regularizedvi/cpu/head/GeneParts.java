package org.regularizedvi.cpu.head;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.regularizedvi.cpu.split.SharedParts;

/**
 * Holds numbers of genes, of which each worker has made those of its genes.
 *
 * @param tables the numbers
 * @param genes number of genes
 * @param bounds the first gene of each worker, and the number of genes
 */
record GeneParts(List<Table> tables, int genes, int[] bounds) implements SharedParts {
  /**
   * Holds some numbers of each gene.
   *
   * @param values the numbers of all genes
   * @param byGene whether those of a gene lie side by side, or else those of all genes
   */
  record Table(float[] values, boolean byGene) {}

  /** Sees runs of neighbouring numbers, one behind the other. */
  private interface Runs {
    void see(float[] values, int from, int count, long bytesBefore);
  }

  @Override
  public long bytes(int rank) {
    long numbers = tables.stream().mapToLong(table -> table.values.length / genes).sum();
    return (bounds[rank + 1] - bounds[rank]) * numbers * Float.BYTES;
  }

  @Override
  public void pack(int rank, MemorySegment into) {
    forEachRun(
        rank,
        (values, from, count, at) -> MemorySegment.copy(values, from, into, JAVA_FLOAT, at, count));
  }

  @Override
  public void unpack(int rank, MemorySegment part) {
    forEachRun(
        rank,
        (values, from, count, at) -> MemorySegment.copy(part, JAVA_FLOAT, at, values, from, count));
  }

  private void forEachRun(int rank, Runs body) {
    int first = bounds[rank];
    int own = bounds[rank + 1] - first;
    long at = 0;
    for (Table table : tables) {
      int each = table.values.length / genes;
      if (table.byGene) {
        body.see(table.values, first * each, own * each, at);
      } else {
        for (int c = 0; c < each; c++) {
          body.see(table.values, c * genes + first, own, at + (long) c * own * Float.BYTES);
        }
      }
      at += (long) own * each * Float.BYTES;
    }
  }
}
