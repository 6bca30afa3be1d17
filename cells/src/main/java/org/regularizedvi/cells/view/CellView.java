package org.regularizedvi.cells.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;

/**
 * Shows some cells of a source. A copy that it writes has all cells of the source; what is added to
 * it is missing for those that were left out, and a column of obs marks the others.
 */
public final class CellView implements View {
  private final CellSource all;
  private final ChosenCells chosen;
  private final String mark;
  private final CellTable cells;

  /**
   * Shows some cells.
   *
   * @param all the source, which closing this closes
   * @param chosen the cells
   * @param mark the name of the column of obs that marks them in copies
   */
  public CellView(CellSource all, ChosenCells chosen, String mark) {
    this.all = all;
    this.chosen = chosen;
    this.mark = mark;
    this.cells = new SomeCells(all.cells(), chosen.rows());
  }

  @Override
  public CellSource all() {
    return all;
  }

  /** {@return the places of the cells among those of the source, ascending} */
  public int[] rows() {
    return chosen.rows().clone();
  }

  @Override
  public InputChoices choices() {
    return all.choices().with(chosen.choice());
  }

  @Override
  public CellTable cells() {
    return cells;
  }

  @Override
  public FloatMatrix obsm(String key) {
    return Aligned.matrix(all.obsm(key), chosen.rows());
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(all.notes());
    notes.add(chosen.words());
    return notes;
  }

  @Override
  public Optional<Counts> onDisk(String modality) {
    return all.onDisk(modality).map(counts -> counts.inOrder(chosen.rows()));
  }

  @Override
  public Counts counts(String modality) {
    return onDisk(modality).orElseGet(() -> inMemory(modality));
  }

  private Counts inMemory(String modality) {
    try (CountReader reader = countReader(modality)) {
      return CountsInMemory.read(reader, all.cells().source());
    }
  }

  @Override
  public CountReader countReader(String modality) {
    return all.countReader(modality).some(chosen.rows());
  }

  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    int[] placeOf = new int[all.cells().nObs()];
    Arrays.fill(placeOf, -1);
    for (int place = 0; place < chosen.rows().length; place++) {
      placeOf[chosen.rows()[place]] = place;
    }
    SequencedMap<String, List<Addition>> modalities = new LinkedHashMap<>();
    additions.modalities().forEach((name, own) -> modalities.put(name, arranged(own, placeOf)));
    List<Addition> shared = new ArrayList<>(arranged(additions.shared(), placeOf));
    shared.add(new Addition.ObsColumn(mark, taken(placeOf)));
    all.write(to, new TableAdditions(shared, modalities), ifExists);
  }

  private static List<Addition> arranged(List<Addition> additions, int[] placeOf) {
    return additions.stream().map(addition -> Aligned.addition(addition, placeOf)).toList();
  }

  private static Column taken(int[] placeOf) {
    boolean[] taken = new boolean[placeOf.length];
    for (int row = 0; row < taken.length; row++) {
      taken[row] = placeOf[row] >= 0;
    }
    return new Column.Flags(taken, new boolean[taken.length]);
  }
}
