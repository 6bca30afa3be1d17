package org.regularizedvi.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.regularizedvi.input.Amount;

/** Says what a user should know of how files were joined, in sentences. */
record JoinNotes(
    List<Part> parts, JoinedTable table, SequencedMap<String, JoinedFeatures> features) {
  private static final String IDS = "gene_ids";

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s of %s: %s"
            .formatted(
                Amount.of(table.nObs(), "cell"),
                Amount.of(parts.size(), "file"),
                counted(p -> parts.get(p).size())));
    features.forEach((name, own) -> lines.addAll(of(name.isEmpty() ? "" : name + ": ", own)));
    if (table.clashing() > 0) {
      lines.add(
          "%s in several files: each cell's name ends in the name of its sample, as in '%s'"
              .formatted(
                  Amount.of(table.clashing(), "name of a cell is", "names of cells are"),
                  table.obsNames().getFirst()));
    }
    SequencedMap<String, List<String>> notes = new LinkedHashMap<>();
    parts.forEach(
        part ->
            part.cells()
                .notes()
                .forEach(
                    note -> notes.computeIfAbsent(note, _ -> new ArrayList<>()).add(part.name())));
    notes.forEach((note, names) -> lines.add(Words.list(names) + ": " + note));
    return lines;
  }

  private List<String> of(String modality, JoinedFeatures own) {
    List<String> lines = new ArrayList<>();
    int all = own.varNames().size();
    String left = counted(own::leftOut);
    String lacking = counted(own::lacking);
    if (!left.isEmpty()) {
      lines.add(
          "%s%s in every file; left out are those that are not: %s (--join-features union takes them)"
              .formatted(modality, featuresAre(all), left));
    } else if (!lacking.isEmpty()) {
      lines.add(
          "%s%s in any file; cells have no counts of those that their file lacks: %s"
              .formatted(modality, featuresAre(all), lacking));
    } else {
      lines.add("%s%s in every file".formatted(modality, featuresAre(all)));
    }
    int other = own.inAll(IDS) ? own.differing(IDS) : 0;
    if (other > 0) {
      lines.add(
          "%s%s the same name in several files and different gene_ids; %s taken for the same"
              .formatted(
                  modality,
                  Amount.of(other, "feature has", "features have"),
                  Amount.word(other, "it was", "they were")));
    }
    return lines;
  }

  private static String featuresAre(int number) {
    return Amount.of(number, "feature is", "features are");
  }

  /** Says the number of each file where it is not 0, the first ten of them. */
  private String counted(IntUnaryOperator number) {
    return Words.list(
        IntStream.range(0, parts.size())
            .filter(p -> number.applyAsInt(p) > 0)
            .mapToObj(p -> "%s %,d".formatted(parts.get(p).name(), number.applyAsInt(p)))
            .toList());
  }
}
