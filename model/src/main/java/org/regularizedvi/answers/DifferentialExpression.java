package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.FloatMatrix;
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
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.kernel.threads.Team;

/**
 * Compares the expression of groups of cells, feature by feature, by draws of rho from the
 * posterior (Lopez et al. 2018, Boyeau et al. 2019). Goes through the cells once to count, and then
 * once for as many comparisons as a quarter of a gigabyte holds draws of z for.
 */
public final class DifferentialExpression {
  private static final long LATENT_BYTES_AT_ONCE = 1L << 28;

  private final Computation computation;
  private final List<Asked> modalities;
  private final Cells cells;
  private final DifferentialPlan plan;
  private final Counterfactuals counterfactuals;

  /**
   * Describes one modality that is asked about.
   *
   * @param spec its size and options in the model
   * @param name its name, "" for the only one
   * @param features names of its features, in the order of the model
   */
  public record Asked(ModalitySpec spec, String name, List<String> features) {}

  /**
   * Describes the cells of a file.
   *
   * @param table with the columns that may hold groups
   * @param covariates of all cells
   * @param pass goes through all of them, in the order of the table
   */
  public record Cells(CellTable table, Covariates covariates, Pass pass) {}

  /** Goes through all cells. */
  public interface Pass {
    /**
     * Shows all cells, minibatch after minibatch, in the order of the table.
     *
     * @param looker gets each minibatch
     */
    void over(Consumer<Minibatch> looker);
  }

  /** Describes a comparison in one modality, with the cells drawn for it. */
  private record Task(Asked asked, GroupCounts counts, Contrast contrast, PickedCells picked) {}

  private DifferentialExpression(
      Computation computation,
      List<Asked> modalities,
      Cells cells,
      DifferentialPlan plan,
      Counterfactuals counterfactuals) {
    this.computation = computation;
    this.modalities = modalities;
    this.cells = cells;
    this.plan = plan;
    this.counterfactuals = counterfactuals;
  }

  /**
   * Compares groups, the modalities of a comparison one after another.
   *
   * @param computation the model, opened
   * @param modalities those that are compared, in the order of the model
   * @param schema of the covariates
   * @param cells of the file
   * @param plan which groups, and how
   * @return the comparisons, one row per feature and contrast
   * @throws org.regularizedvi.input.InputException when a column, group, key or category does not
   *     exist, or a group has too few cells
   */
  public static DifferentialTable of(
      Computation computation,
      List<Asked> modalities,
      Schema schema,
      Cells cells,
      DifferentialPlan plan) {
    boolean batchInDecoder = computation.model().spec().config().generative().useBatchInDecoder();
    Counterfactuals counterfactuals =
        plan.samples().batchCorrection()
            ? Counterfactuals.corrected(schema, batchInDecoder, plan.samples().transform())
            : Counterfactuals.none(schema);
    return new DifferentialExpression(computation, modalities, cells, plan, counterfactuals)
        .table();
  }

  private DifferentialTable table() {
    List<Task> tasks = tasks();
    List<ComparedGroups> compared = new ArrayList<>();
    try (CellStates states = new CellStates(computation, new CounterRandom(plan.samples().seed()));
        Team team = new Team(Processor.threads())) {
      for (int from = 0; from < tasks.size(); ) {
        int to = from + 1;
        for (long bytes = bytes(tasks.get(from)); to < tasks.size(); to++) {
          bytes += bytes(tasks.get(to));
          if (bytes > LATENT_BYTES_AT_ONCE) {
            break;
          }
        }
        compared.addAll(compare(tasks.subList(from, to), states, team));
        from = to;
      }
    }
    return new DifferentialTable(compared);
  }

  /**
   * {@return the comparisons, counted, and with the cells of each picked: all mistakes show here}
   */
  private List<Task> tasks() {
    String source = cells.table().source();
    CellGroups groups = CellGroups.of(cells.table(), plan.groups().groupby());
    List<Contrast> contrasts = Contrast.of(groups, plan.groups(), source);
    Optional<CellGroups> balance =
        plan.samples().balanceBy().map(column -> CellGroups.of(cells.table(), column));
    for (Contrast contrast : contrasts) {
      // A mistake that no modality can mend is said before anything is read or allocated.
      picked(contrast, new PickedCells.From(source, "", _ -> true, balance), 0);
    }
    List<GroupCounts> counts =
        modalities.stream()
            .map(Asked::spec)
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
    return 2L * Float.BYTES * task.picked.samples() * task.asked.spec().jointLatent();
  }

  private List<ComparedGroups> compare(List<Task> tasks, CellStates states, Team team) {
    List<int[]> lists = new ArrayList<>();
    for (Task task : tasks) {
      lists.add(task.picked.first());
      lists.add(task.picked.second());
    }
    int latent = computation.model().spec().jointLatent();
    LatentDraws draws = new LatentDraws(states, lists, latent);
    cells.pass().over(draws::add);
    List<ComparedGroups> compared = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      Task task = tasks.get(t);
      CellDecoder decoder = computation.decoder(task.asked.spec().index());
      try (DecodedDraws first = decoder.draws(task.picked.first().length);
          DecodedDraws second = decoder.draws(task.picked.second().length)) {
        decode(task, task.picked.first(), draws.of(2 * t), first, team);
        decode(task, task.picked.second(), draws.of(2 * t + 1), second, team);
        ScaleTests tests =
            new ScaleTests(
                first,
                second,
                task.counts.first(task.contrast),
                task.counts.second(task.contrast),
                team);
        compared.add(tests.compare(task.contrast, task.asked, pairs(task), plan.mode()));
      }
    }
    return compared;
  }

  /**
   * Decodes draws; those of a block are as of the same categories and share no call with others.
   */
  private void decode(Task task, int[] picked, float[] zNK, DecodedDraws decoded, Team team) {
    int latent = computation.model().spec().jointLatent();
    int block = task.picked.block();
    int atOnce = decoded.drawsAtOnce();
    int tasksOfBlock = Math.ceilDiv(block, atOnce);
    team.run(
        picked.length / block * tasksOfBlock,
        (_, number) -> {
          int start = number / tasksOfBlock * block;
          int from = start + number % tasksOfBlock * atOnce;
          int to = Math.min(start + block, from + atOnce);
          decoded.decode(
              from,
              new FloatMatrix(
                  to - from, latent, Arrays.copyOfRange(zNK, from * latent, to * latent)),
              counterfactuals.of(
                  cells.covariates().gather(Arrays.copyOfRange(picked, from, to)),
                  task.picked.combination(from / block)));
        });
  }

  private Pairs pairs(Task task) {
    OptionalInt wanted = plan.samples().pairs();
    return wanted.isPresent()
        ? Pairs.drawn(
            task.picked,
            wanted.getAsInt(),
            plan.samples().seed(),
            task.contrast,
            task.asked.spec().index())
        : Pairs.inOrder(task.picked.samples());
  }
}
