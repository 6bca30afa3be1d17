package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;

/** Small files of counts: two kinds of cells in two or more batches. */
final class TinyData {
  static final int CELLS = 60;
  static final int GENES = 24;

  /** A column of var with the names of features, in files with another layer. */
  static final String IDS = "ids";

  /** A column of var that marks every feature, in files with another layer. */
  static final String CHOSEN = "chosen";

  private TinyData() {}

  static List<String> genes() {
    return IntStream.range(0, GENES).mapToObj(g -> "gene" + g).toList();
  }

  /** Writes cells whose genes stand in the order given, the same counts for a gene in any order. */
  static Path write(Path file, List<String> genes, String... batches) {
    return write(file, CELLS, genes, batches);
  }

  /** Writes more or fewer cells. */
  static Path write(Path file, int cells, List<String> genes, String... batches) {
    List<String> names = IntStream.range(0, cells).mapToObj(c -> "cell" + c).toList();
    return write(file, names, genes, batches);
  }

  /** Writes cells of the names given. */
  static Path write(Path file, List<String> names, List<String> genes, String[] batches) {
    int cells = names.size();
    int[] indptr = new int[cells + 1];
    List<Integer> indices = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      for (int g = 0; g < genes.size(); g++) {
        int count = count(cell, genes.get(g));
        if (count > 0) {
          indices.add(g);
          values.add((float) count);
        }
      }
      indptr[cell + 1] = indices.size();
    }
    float[] counts = new float[values.size()];
    IntStream.range(0, counts.length).forEach(i -> counts[i] = values.get(i));
    SparseRows rows =
        new SparseRows(
            genes.size(), indptr, indices.stream().mapToInt(Integer::intValue).toArray(), counts);
    String[] batch = new String[cells];
    double[] age = new double[cells];
    for (int cell = 0; cell < cells; cell++) {
      batch[cell] = batches[cell % batches.length];
      age[cell] = cell;
    }
    Formats.write(
        file,
        NewCells.ofOne(
            CountsInMemory.of(rows),
            names,
            genes,
            List.of(
                new Addition.ObsColumn("batch", new Column.Text(batch)),
                new Addition.ObsColumn("age", new Column.Numbers(age, true)))),
        IfExists.REFUSE);
    return file;
  }

  /** Copies a file, each modality with its counts as a layer as well. */
  static Path withLayer(String name, Path file, Path out) {
    try (CellSource cells = Formats.open(file)) {
      TableAdditions additions = TableAdditions.shared(List.of());
      for (String modality : cells.modalities()) {
        Counts counts = cells.counts(modality);
        SparseLayer layer = SparseLayer.beside(out, counts.columns());
        counts.blocks().forEach(layer::add);
        List<Addition> own = new ArrayList<>(columns(cells.features(modality).varNames()));
        own.add(new Addition.OfLayer(name, layer));
        additions = additions.with(modality, own);
      }
      cells.write(Destination.file(out), additions, IfExists.REFUSE);
      return out;
    }
  }

  private static List<Addition> columns(List<String> names) {
    boolean[] all = new boolean[names.size()];
    Arrays.fill(all, true);
    return List.of(
        new Addition.VarColumn(IDS, new Column.Text(names.toArray(String[]::new))),
        new Addition.VarColumn(CHOSEN, new Column.Flags(all, new boolean[all.length])));
  }

  private static int count(int cell, String gene) {
    Random random = new Random(31L * cell + gene.hashCode());
    boolean marker = gene.hashCode() % 2 == cell % 2;
    return (int) (random.nextDouble() * random.nextDouble() * (marker ? 12 : 3));
  }
}
