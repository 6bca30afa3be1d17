package org.regularizedvi.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.core.simulate.CellTruth;
import org.regularizedvi.core.simulate.FeatureTruth;
import org.regularizedvi.core.simulate.ModalityPlan;
import org.regularizedvi.core.simulate.SimulatedModality;
import org.regularizedvi.core.simulate.Simulation;
import org.regularizedvi.core.simulate.SimulationPlan;
import org.regularizedvi.core.simulate.TypePlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.CellWriter;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.tables.CsvFile;
import org.regularizedvi.input.InputException;

/**
 * Writes a simulation with its truth: a .h5ad of its only modality or a .h5mu.
 *
 * <pre>
 *   obs   batch, true_type; where types are related true_parent, and true_parent_2 and on for those
 *         above it; of each modality true_library_size, true_ambient_fraction
 *   var   true_dispersion
 *   varm  true_rho (features x types), true_ambient (features x batches), both of a cell of typical
 *         ambient share; true_scaling (features x batches)
 *   uns   simulation: the plan, names of types and batches; of related and rare types and of markers
 *         only where there are some
 * </pre>
 */
public final class SimulationFile {
  private static final String UNS = "simulation";

  private SimulationFile() {}

  /**
   * Says before any work whether a simulation can be written there.
   *
   * @param plan the simulation that is to be written
   * @param out the file
   * @param ifExists whether a file that exists may be replaced
   * @throws InputException when the file's name ends otherwise, a .h5ad should hold several
   *     modalities, or the file exists or cannot be written
   */
  public static void requireTarget(SimulationPlan plan, Path out, IfExists ifExists) {
    CellWriter writer = writer(plan, out);
    if (!writer.holdsSeveral() && plan.modalities().size() > 1) {
      String name = out.getFileName().toString();
      throw new InputException(
          "A %s holds one modality, but features names %d; write a .h5mu in place of %s."
              .formatted(name.substring(name.lastIndexOf('.')), plan.modalities().size(), out));
    }
    writer.requireTarget(out, ifExists);
  }

  private static CellWriter writer(SimulationPlan plan, Path out) {
    return Formats.writer(out, plan.modalities().size() > 1);
  }

  /**
   * Writes the file, all or nothing; which kind, the end of its name says.
   *
   * @param simulation counts and their truth
   * @param out the file
   * @param ifExists whether a file that exists may be replaced
   * @throws InputException see {@link #requireTarget}
   */
  public static void write(Simulation simulation, Path out, IfExists ifExists) {
    SimulationPlan plan = simulation.plan();
    requireTarget(plan, out, ifExists);
    List<String> cellNames = names("cell", plan.cells());
    CellWriter writer = writer(plan, out);
    if (!writer.holdsSeveral()) {
      SimulatedModality only = simulation.modalities().getFirst();
      List<Addition> additions = new ArrayList<>(cells(simulation));
      additions.addAll(features(only));
      SequencedMap<String, Tree> uns = uns(plan);
      uns.putAll(uns(only.plan()));
      additions.add(new Addition.Uns(UNS, new Tree.Dict(uns)));
      writer.write(
          out, NewCells.ofOne(only.counts(), cellNames, featureNames(only), additions), ifExists);
      return;
    }
    List<NewModality> modalities = new ArrayList<>();
    for (SimulatedModality modality : simulation.modalities()) {
      List<Addition> additions = new ArrayList<>(features(modality));
      additions.add(new Addition.Uns(UNS, new Tree.Dict(uns(modality.plan()))));
      modalities.add(
          new NewModality(
              modality.plan().name(),
              modality.counts(),
              Arrays.stream(modality.cells()).mapToObj(cellNames::get).toList(),
              featureNames(modality),
              additions));
    }
    // The file has cells as they first appear; those that lack the first modality come last.
    int[] order =
        NewCells.cells(modalities).names().stream()
            .mapToInt(name -> Integer.parseInt(name.substring(name.indexOf('_') + 1)))
            .toArray();
    List<Addition> shared = new ArrayList<>(cells(simulation, order));
    shared.add(new Addition.Uns(UNS, new Tree.Dict(uns(plan))));
    writer.write(out, new NewCells(modalities, shared), ifExists);
  }

  /**
   * Writes what is in solution in each batch, as it would be measured without error in droplets
   * without cells: a table of features and, for each batch, their shares.
   *
   * @param simulation counts and their truth
   * @param out the table, .csv
   * @param ifExists whether a file that exists may be replaced
   * @throws InputException when nothing is ambient, or the table cannot be written
   */
  public static void writeProfiles(Simulation simulation, Path out, IfExists ifExists) {
    requireProfiles(simulation.plan(), out, ifExists);
    List<String> header = new ArrayList<>(List.of("feature"));
    header.addAll(batches(simulation.plan()));
    List<List<String>> rows = new ArrayList<>();
    for (SimulatedModality modality : simulation.modalities()) {
      double fraction = modality.plan().ambient().fraction();
      List<String> names = featureNames(modality);
      for (int g = 0; fraction > 0 && g < names.size(); g++) {
        List<String> row = new ArrayList<>(List.of(names.get(g)));
        for (double[] ambientG : modality.features().ambientBG()) {
          row.add(Double.toString(ambientG[g] / fraction));
        }
        rows.add(row);
      }
    }
    CsvFile.write(out, header, rows, ifExists);
  }

  /**
   * Says before any work whether {@link #writeProfiles} can do its.
   *
   * @param plan the simulation
   * @param out the table
   * @param ifExists whether a file that exists may be replaced
   * @throws InputException when nothing is ambient, or the table cannot be written
   */
  public static void requireProfiles(SimulationPlan plan, Path out, IfExists ifExists) {
    if (plan.modalities().stream().allMatch(own -> own.ambient().fraction() == 0)) {
      throw new InputException(
          "ambient_profile_out is given, but ambient_fraction is 0; expected some that is ambient.");
    }
    if (!out.getFileName().toString().endsWith(".csv")) {
      throw new InputException(
          "The name of ambient_profile_out must end in .csv, but is %s.".formatted(out));
    }
    Formats.requireTable(List.of(), out, ifExists);
  }

  private static List<Addition> cells(Simulation simulation) {
    return cells(simulation, IntStream.range(0, simulation.plan().cells()).toArray());
  }

  private static List<Addition> cells(Simulation simulation, int[] order) {
    SimulationPlan plan = simulation.plan();
    CellTruth truth = simulation.cells();
    List<Addition> columns = new ArrayList<>();
    columns.add(new Addition.ObsColumn("batch", column(truth.batchN(), order, batches(plan))));
    columns.add(new Addition.ObsColumn("true_type", column(truth.typeN(), order, types(plan))));
    List<Integer> levels = plan.typePlan().levels();
    for (int above = 1; above <= levels.size(); above++) {
      int level = levels.size() - above;
      String name = above == 1 ? "true_parent" : "true_parent_" + above;
      int[] nodeN = Arrays.stream(truth.typeN()).map(t -> plan.typePlan().node(t, level)).toArray();
      List<String> nodes = names("level_%d".formatted(level + 1), levels.get(level));
      columns.add(new Addition.ObsColumn(name, column(nodeN, order, nodes)));
    }
    return columns;
  }

  private static Column column(int[] codes, int[] order, List<String> names) {
    return new Column.Categorical(Arrays.stream(order).map(n -> codes[n]).toArray(), names, false);
  }

  private static List<Addition> features(SimulatedModality modality) {
    FeatureTruth features = modality.features();
    List<Addition> additions = new ArrayList<>();
    additions.add(
        new Addition.ObsColumn(
            "true_library_size", new Column.Numbers(modality.libraryN(), false)));
    additions.add(
        new Addition.ObsColumn(
            "true_ambient_fraction", new Column.Numbers(modality.fractionN(), false)));
    additions.add(
        new Addition.VarColumn("true_dispersion", new Column.Numbers(features.thetaG(), false)));
    additions.add(new Addition.Varm("true_rho", byFeature(features.rhoTG())));
    additions.add(new Addition.Varm("true_ambient", byFeature(features.ambientBG())));
    additions.add(new Addition.Varm("true_scaling", byFeature(features.scalingBG())));
    return additions;
  }

  private static FloatMatrix byFeature(double[][] rows) {
    int features = rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, features)];
    for (int r = 0; r < rows.length; r++) {
      for (int g = 0; g < features; g++) {
        values[g * rows.length + r] = (float) rows[r][g];
      }
    }
    return new FloatMatrix(features, rows.length, values);
  }

  private static SequencedMap<String, Tree> uns(SimulationPlan plan) {
    SequencedMap<String, Tree> uns = new LinkedHashMap<>();
    uns.put("seed", new Tree.Whole(plan.seed()));
    uns.put("missing", new Tree.Real(plan.missing()));
    uns.put("types", new Tree.Texts(types(plan)));
    uns.put("batches", new Tree.Texts(batches(plan)));
    TypePlan related = plan.typePlan();
    if (!related.equals(TypePlan.unrelated(plan.types()))) {
      uns.put(
          "type_levels",
          new Tree.Reals(related.levels().stream().mapToDouble(Integer::doubleValue).toArray()));
      uns.put("rare_types", new Tree.Whole(related.rare()));
      uns.put("marker_share", new Tree.Real(related.markers()));
    }
    return uns;
  }

  private static SequencedMap<String, Tree> uns(ModalityPlan plan) {
    SequencedMap<String, Tree> uns = new LinkedHashMap<>();
    uns.put("depth", new Tree.Real(plan.depth()));
    uns.put("ambient_fraction", new Tree.Real(plan.ambient().fraction()));
    uns.put("ambient_spread", new Tree.Real(plan.ambient().spread()));
    uns.put("batch_ambient_spread", new Tree.Real(plan.ambient().batchSpread()));
    return uns;
  }

  private static List<String> types(SimulationPlan plan) {
    return names("type", plan.types());
  }

  private static List<String> batches(SimulationPlan plan) {
    return names("batch", plan.batches());
  }

  private static List<String> featureNames(SimulatedModality modality) {
    return names(modality.plan().name(), modality.plan().features());
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "_" + i).toList();
  }
}
