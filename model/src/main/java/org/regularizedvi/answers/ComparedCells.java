package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.keys.CellGroups;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.differential.ComparedGroups;
import org.regularizedvi.core.differential.Contrast;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.core.differential.Pairs;
import org.regularizedvi.core.differential.PickedCells;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.DifferentialPlan;
import org.regularizedvi.cpu.fused.Workers;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * In which features do groups of cells differ? Goes through the cells once to count, and then once
 * for as many comparisons as a quarter of a gigabyte holds draws of z for.
 */
public final class ComparedCells {
  private static final long LATENT_BYTES_AT_ONCE = 1L << 28;

  private final Network network;
  private final List<Asked> modalities;
  private final Cells cells;
  private final DifferentialPlan plan;
  private final Counterfactuals counterfactuals;

  /** One modality with its name and features. */
  public record Asked(Modality modality, String name, List<String> features) {}

  /**
   * The cells of a file.
   *
   * @param pass goes through all of them, in the order of the table
   */
  public record Cells(CellTable table, Covariates covariates, Pass pass) {}

  /** Shows all cells to a looker. */
  public interface Pass {
    void over(Consumer<Minibatch> looker);
  }

  /** A comparison in one modality, with the cells drawn for it. */
  private record Task(Asked asked, GroupCounts counts, Contrast contrast, PickedCells picked) {}

  private ComparedCells(
      Network network,
      List<Asked> modalities,
      Cells cells,
      DifferentialPlan plan,
      Counterfactuals counterfactuals) {
    this.network = network;
    this.modalities = modalities;
    this.cells = cells;
    this.plan = plan;
    this.counterfactuals = counterfactuals;
  }

  /**
   * Compares groups, the modalities of a comparison one after another.
   *
   * @throws org.regularizedvi.input.InputException when a column, group, key or category does not
   *     exist, or a group has too few cells
   */
  public static DifferentialTable of(
      Network network, List<Asked> modalities, Schema schema, Cells cells, DifferentialPlan plan) {
    boolean batchInDecoder = network.config().generative().useBatchInDecoder();
    Counterfactuals counterfactuals =
        plan.samples().batchCorrection()
            ? Counterfactuals.corrected(schema, batchInDecoder, plan.samples().transform())
            : Counterfactuals.none(schema);
    return new ComparedCells(network, modalities, cells, plan, counterfactuals).table();
  }

  private DifferentialTable table() {
    List<Task> tasks = tasks();
    List<ComparedGroups> compared = new ArrayList<>();
    try (CellStates states =
            new CellStates(network, new CounterRandom(plan.samples().seed()), Processor.threads());
        Workers workers = new Workers(Processor.threads())) {
      for (int from = 0; from < tasks.size(); ) {
        int to = from + 1;
        for (long bytes = bytes(tasks.get(from)); to < tasks.size(); to++) {
          bytes += bytes(tasks.get(to));
          if (bytes > LATENT_BYTES_AT_ONCE) {
            break;
          }
        }
        compared.addAll(compare(tasks.subList(from, to), states, workers));
        from = to;
      }
    }
    return new DifferentialTable(compared);
  }

  /** Counts, and picks the cells of every comparison: all mistakes show here. */
  private List<Task> tasks() {
    String source = cells.table().source();
    CellGroups groups = CellGroups.of(cells.table(), plan.groups().groupby());
    List<Contrast> contrasts = Contrast.of(groups, plan.groups(), source);
    Optional<CellGroups> balance =
        plan.samples().balanceBy().map(column -> CellGroups.of(cells.table(), column));
    for (Contrast contrast : contrasts) {
      // What is wrong whatever the modalities show is said before anything is read or allocated.
      picked(contrast, new PickedCells.From(source, "", _ -> true, balance), 0);
    }
    List<GroupCounts> counts =
        modalities.stream()
            .map(own -> own.modality().spec())
            .map(spec -> new GroupCounts(spec.index(), spec.features(), contrasts))
            .toList();
    cells.pass().over(minibatch -> counts.forEach(own -> own.add(minibatch)));
    List<Task> tasks = new ArrayList<>();
    for (Contrast contrast : contrasts) {
      for (int m = 0; m < modalities.size(); m++) {
        PickedCells.From from =
            new PickedCells.From(source, modalities.get(m).name(), counts.get(m)::has, balance);
        tasks.add(new Task(modalities.get(m), counts.get(m), contrast, picked(contrast, from, m)));
      }
    }
    return tasks;
  }

  private PickedCells picked(Contrast contrast, PickedCells.From from, int modality) {
    return PickedCells.of(contrast, from, plan.samples(), counterfactuals.combinations(), modality);
  }

  private static long bytes(Task task) {
    return 2L * Float.BYTES * task.picked.samples() * task.asked.modality().spec().jointLatent();
  }

  private List<ComparedGroups> compare(List<Task> tasks, CellStates states, Workers workers) {
    List<int[]> lists = new ArrayList<>();
    for (Task task : tasks) {
      lists.add(task.picked.first());
      lists.add(task.picked.second());
    }
    int latent = tasks.getFirst().asked.modality().spec().jointLatent();
    LatentDraws draws = new LatentDraws(states, lists, latent);
    cells.pass().over(draws::add);
    List<ComparedGroups> compared = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      Task task = tasks.get(t);
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        SampledScales first = scales(task, task.picked.first(), draws.of(2 * t), workers);
        SampledScales second = scales(task, task.picked.second(), draws.of(2 * t + 1), workers);
        ScaleTests tests =
            new ScaleTests(
                first,
                second,
                task.counts.first(task.contrast),
                task.counts.second(task.contrast),
                workers);
        compared.add(tests.compare(task.contrast, task.asked, pairs(task), plan.mode()));
      }
    }
    return compared;
  }

  private SampledScales scales(Task task, int[] picked, float[] zNK, Workers workers) {
    int block = task.picked.block();
    return SampledScales.of(
        task.asked.modality(),
        zNK,
        block,
        (from, to) ->
            counterfactuals.of(
                cells.covariates().gather(Arrays.copyOfRange(picked, from, to)),
                task.picked.combination(from / block)),
        workers);
  }

  private Pairs pairs(Task task) {
    OptionalInt wanted = plan.samples().pairs();
    return wanted.isPresent()
        ? Pairs.drawn(
            task.picked,
            wanted.getAsInt(),
            plan.samples().seed(),
            task.contrast,
            task.asked.modality().spec().index())
        : Pairs.inOrder(task.picked.samples());
  }
}
