package org.regularizedvi.cells.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellChoice;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Holds the cells of a source that meet every criterion of a choice.
 *
 * @param choice what they are
 * @param rows their places, ascending, at least one
 * @param words how many these are, and how many meet each criterion
 */
public record ChosenCells(CellChoice choice, int[] rows, String words) {
  private static final int BLOCK = 4096;

  /**
   * Says what cells must be.
   *
   * @param words the criterion in words
   * @param meets whether each cell is so
   */
  private record Criterion(String words, boolean[] meets) {
    String told() {
      long met = IntStream.range(0, meets.length).filter(cell -> meets[cell]).count();
      return "%s: %,d".formatted(words, met);
    }
  }

  /**
   * Finds the cells, going through the counts of those modalities of which totals are asked.
   *
   * @param source all cells
   * @param choice what they must be
   * @return empty when nothing was chosen
   * @throws InputException when there is no such column, a condition is none, or no cell is left
   */
  public static Optional<ChosenCells> of(CellSource source, CellChoice choice) {
    List<Criterion> criteria = new ArrayList<>(conditions(source, choice.cellsWhere()));
    criteria.addAll(totals(source, choice));
    if (criteria.isEmpty()) {
      return Optional.empty();
    }
    int[] rows =
        IntStream.range(0, source.cells().nObs())
            .filter(cell -> criteria.stream().allMatch(own -> own.meets()[cell]))
            .toArray();
    String told = criteria.stream().map(Criterion::told).collect(Collectors.joining("; "));
    if (rows.length == 0) {
      throw new InputException(
          "No cell of %s is left (of %s %s); expected criteria that some cells meet."
              .formatted(source.cells().source(), Amount.of(source.cells().nObs(), "cell"), told));
    }
    return Optional.of(
        new ChosenCells(
            choice,
            rows,
            "%,d of %s %s taken (%s)"
                .formatted(
                    rows.length,
                    Amount.of(source.cells().nObs(), "cell"),
                    Amount.word(rows.length, "is", "are"),
                    told)));
  }

  /** Values that one column is to have are alternatives. */
  private static List<Criterion> conditions(CellSource source, List<String> texts) {
    SequencedMap<String, Criterion> criteria = new LinkedHashMap<>();
    for (String text : texts) {
      Condition condition = Condition.parse(text);
      criteria.merge(
          condition.equal() ? condition.column() : condition.toString(),
          new Criterion(
              condition.toString(), condition.meets(source.cells().obs(condition.column()))),
          ChosenCells::either);
    }
    return List.copyOf(criteria.values());
  }

  private static Criterion either(Criterion a, Criterion b) {
    boolean[] meets = new boolean[a.meets().length];
    IntStream.range(0, meets.length).forEach(i -> meets[i] = a.meets()[i] || b.meets()[i]);
    return new Criterion(a.words() + " or " + b.words(), meets);
  }

  private static List<Criterion> totals(CellSource source, CellChoice choice) {
    List<Criterion> criteria = new ArrayList<>();
    for (String modality : source.modalities()) {
      if (choice.least(modality).isEmpty() && choice.most(modality).isEmpty()) {
        continue;
      }
      double[] totals = totals(source, modality);
      boolean several = source.modalities().size() > 1;
      String of = several ? " of " + modality : "";
      choice
          .least(modality)
          .ifPresent(
              least ->
                  criteria.add(
                      criterion(
                          "%s%s or more".formatted(Amount.of(least, "count"), of),
                          totals,
                          total -> total >= least || several && total == 0)));
      choice
          .most(modality)
          .ifPresent(
              most ->
                  criteria.add(
                      criterion(
                          "%s%s or fewer".formatted(Amount.of(most, "count"), of),
                          totals,
                          total -> total <= most)));
    }
    return criteria;
  }

  private static Criterion criterion(String words, double[] totals, DoublePredicate meets) {
    boolean[] met = new boolean[totals.length];
    IntStream.range(0, met.length).forEach(cell -> met[cell] = meets.test(totals[cell]));
    return new Criterion(words, met);
  }

  private static double[] totals(CellSource source, String modality) {
    try (CountReader reader = source.countReader(modality)) {
      double[] totals = new double[reader.rows()];
      int first = 0;
      for (Optional<SparseRows> b = reader.next(BLOCK); b.isPresent(); b = reader.next(BLOCK)) {
        double[] own = b.get().totals();
        System.arraycopy(own, 0, totals, first, own.length);
        first += own.length;
      }
      return totals;
    }
  }
}
