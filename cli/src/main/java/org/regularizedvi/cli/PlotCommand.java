package org.regularizedvi.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.ChosenOptions;
import org.regularizedvi.cli.options.ComputeOptions;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.reporting.Chosen;
import org.regularizedvi.cli.reporting.ReportMaker;
import org.regularizedvi.cli.reporting.RunTeller;
import org.regularizedvi.engine.Question;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFile;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;
import org.regularizedvi.report.Figure;
import org.regularizedvi.report.Item;
import org.regularizedvi.report.Items;
import org.regularizedvi.report.MapFigure;
import org.regularizedvi.report.RasterPen;
import org.regularizedvi.report.Report;
import org.regularizedvi.report.SvgPen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code regularizedvi plot} writes the figures of a report as files of their own. */
@Command(
    name = "plot",
    description =
        "Write the figures of a report as SVG and PNG (1920 x 1140 pixels). The map is drawn once for"
            + " each column and each feature.",
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class PlotCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write the figures into.")
  private Path outDir;

  @Option(names = "--overwrite", description = "Replace figures that exist.")
  private boolean overwrite;

  @Mixin(name = "The map")
  private ChosenOptions chosen;

  @Mixin(name = "Run")
  private ComputeOptions compute;

  @Mixin(name = "Help")
  private HelpOption help;

  PlotCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    compute.apply(Question.OTHER);
    Chosen shown = chosen.toChosen();
    if (Files.exists(outDir) && !Files.isDirectory(outDir)) {
      throw new InputException(
          "%s is not a folder; expected one to write the figures into.".formatted(outDir));
    }
    RasterPen.missingFont()
        .ifPresent(
            why -> {
              throw new InputException(
                  "Cannot draw PNG files: Java finds no font on this system (%s); install fontconfig and a font, for example with apt install fontconfig fonts-dejavu-core."
                      .formatted(why));
            });
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      Report report =
          new ReportMaker(open.model(), open.cells(), console::say)
              .make(
                  RunTeller.tell(open.model(), open.cells(), Optional.empty(), List.of("plot")),
                  shown);
      List<Figure> figures = figures(report);
      figures.forEach(this::requireWritable);
      figures.forEach(this::write);
      console.say("wrote %s to %s".formatted(Amount.of(figures.size(), "figure"), outDir));
    }
    return 0;
  }

  private static List<Figure> figures(Report report) {
    List<Figure> figures = new ArrayList<>();
    for (Item item : Items.of(report)) {
      if (item instanceof Item.OfFigure of) {
        figures.add(of.figure());
      }
    }
    figures.addAll(MapFigure.all(report.map()));
    return figures;
  }

  private Path file(Figure figure, String ending) {
    return outDir.resolve(figure.id() + ending);
  }

  private void requireWritable(Figure figure) {
    WholeFile.require(file(figure, ".svg"), IfExists.replaceIf(overwrite));
    WholeFile.require(file(figure, ".png"), IfExists.replaceIf(overwrite));
  }

  private void write(Figure figure) {
    byte[] svg = SvgPen.draw(figure).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file(figure, ".svg"), svg, IfExists.replaceIf(overwrite));
    WholeFile.write(file(figure, ".png"), RasterPen.png(figure), IfExists.replaceIf(overwrite));
  }
}
