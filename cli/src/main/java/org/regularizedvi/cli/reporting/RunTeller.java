package org.regularizedvi.cli.reporting;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.regularizedvi.data.CellSource;
import org.regularizedvi.data.Tree;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.Version;
import org.regularizedvi.model.torch.Processor;
import org.regularizedvi.report.RunFacts;

/** What was run, in words. */
public final class RunTeller {
  private RunTeller() {}

  /**
   * Tells of a run.
   *
   * @param arguments of the program
   * @param more facts that stand after the data's
   */
  public static RunFacts tell(
      RegularizedModel model,
      CellSource source,
      List<String> arguments,
      SequencedMap<String, String> more) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("Data", source.path().toString());
    facts.put("Cells", String.format(Locale.ROOT, "%,d", source.cells().nObs()));
    for (String modality : model.modalities()) {
      facts.put(
          ReportMaker.title("Features", modality),
          String.format(Locale.ROOT, "%,d", model.features(modality).size()));
    }
    facts.putAll(more);
    facts.put("Seed", Long.toString(model.seed()));
    facts.put("regularizedvi", Version.current());
    facts.put("Java", Runtime.version().toString());
    facts.put(
        "Machine",
        "%s on %s, %d threads"
            .formatted(
                System.getProperty("os.name"), System.getProperty("os.arch"), Processor.threads()));
    return new RunFacts(name(source.path()), command(arguments), facts, options(model));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static String command(List<String> arguments) {
    return "regularizedvi "
        + arguments.stream().map(RunTeller::quoted).collect(Collectors.joining(" "));
  }

  /** As a POSIX shell takes it for one word. */
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
