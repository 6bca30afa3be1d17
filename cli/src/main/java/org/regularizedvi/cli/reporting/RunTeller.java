package org.regularizedvi.cli.reporting;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.core.Version;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.store.TrainingNote;
import org.regularizedvi.input.Amount;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.report.RunFacts;
import picocli.CommandLine.Model.CommandSpec;

/** Words what was run. */
public final class RunTeller {
  private static final String UNKNOWN =
      "when, how long, where and by which command is not known: the model's folder has no run.json";

  private RunTeller() {}

  /**
   * {@return the words of a command, the program's name first}
   *
   * @param command that was parsed
   */
  public static List<String> command(CommandSpec command) {
    List<String> arguments = command.root().commandLine().getParseResult().originalArgs();
    return Stream.concat(Stream.of(command.root().name()), arguments.stream()).toList();
  }

  /**
   * Tells of a run.
   *
   * @param model that is shown
   * @param source the cells of an open file
   * @param note of the model's training, where that is known
   * @param command the words of the command that makes the report
   * @return the data, the training, the versions and all options, as text
   */
  public static RunFacts tell(
      RegularizedModel model,
      CellSource source,
      Optional<TrainingNote> note,
      List<String> command) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("Data", files(source.paths()));
    facts.put("Cells", String.format(Locale.ROOT, "%,d", source.cells().nObs()));
    for (String modality : model.modalities()) {
      facts.put(
          ReportMaker.title("Features", modality),
          String.format(Locale.ROOT, "%,d", model.features(modality).size()));
    }
    if (model.schema().keys().oneGroup()) {
      facts.put("Groups", "no batch_key: all cells are one group");
    }
    facts.put("Seed", Long.toString(model.seed()));
    facts.put("Epochs", epochs(model.history()));
    note.ifPresentOrElse(own -> addTraining(own, facts), () -> facts.put("Training", UNKNOWN));
    facts.put(
        "Report made with",
        "regularizedvi %s, Java %s".formatted(Version.current(), Runtime.version()));
    String commands =
        Stream.concat(note.stream().map(TrainingNote::command), Stream.of(command))
            .distinct()
            .map(RunTeller::line)
            .collect(Collectors.joining("\n"));
    return new RunFacts(source.cells().source(), commands, facts, options(model));
  }

  private static String epochs(History history) {
    return history.keptEpoch() == history.epochs()
        ? Integer.toString(history.epochs())
        : "%d, of which epoch %d was kept".formatted(history.epochs(), history.keptEpoch());
  }

  private static void addTraining(TrainingNote note, SequencedMap<String, String> facts) {
    facts.put("Trained", note.started().replace('T', ' ').replace("Z", " UTC"));
    facts.put(
        "Training took",
        Durations.text(note.time())
            + (note.wentOn() ? " after it went on from a checkpoint; not known before" : ""));
    facts.put(
        "Trained with",
        "regularizedvi %s, Java %s".formatted(note.version(), note.machine().java()));
    facts.put(
        "Trained on",
        "%s, %s, %s"
            .formatted(
                note.machine().processor(),
                Amount.of(note.machine().threads(), "thread"),
                note.machine().os()));
  }

  private static String files(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static String line(List<String> words) {
    return words.stream().map(RunTeller::quoted).collect(Collectors.joining(" "));
  }

  /** {@return an argument as a POSIX shell takes it for one word} */
  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./:=,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static SequencedMap<String, String> options(RegularizedModel model) {
    SequencedMap<String, String> options = new LinkedHashMap<>();
    model.options().entries().forEach((name, value) -> options.put(name, words(value)));
    return options;
  }

  private static String words(Tree value) {
    return switch (value) {
      case Tree.Text(String text) -> text;
      case Tree.Whole(long whole) -> Long.toString(whole);
      case Tree.Real(double real) -> Double.toString(real);
      case Tree.Flag(boolean flag) -> Boolean.toString(flag);
      case Tree.Texts(List<String> texts) -> String.join(", ", texts);
      case Tree.Reals(double[] reals) -> java.util.Arrays.toString(reals);
      case Tree.Dict(var entries) ->
          entries.entrySet().stream()
              .map(e -> e.getKey() + "=" + words(e.getValue()))
              .collect(Collectors.joining(", "));
      case Tree.Nothing() -> "";
    };
  }
}
