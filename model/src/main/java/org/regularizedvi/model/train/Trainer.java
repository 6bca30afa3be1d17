package org.regularizedvi.model.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.data.InputException;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.CellData;
import org.regularizedvi.model.Evaluation;
import org.regularizedvi.model.History;
import org.regularizedvi.model.config.LrSchedule;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.net.CounterNoise;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.objective.Objective;
import org.regularizedvi.model.posterior.ElboOfCells;
import org.regularizedvi.model.posterior.LibraryWeight;
import org.regularizedvi.model.posterior.Proportions;
import org.regularizedvi.model.prior.LibraryPrior;
import org.regularizedvi.model.step.StepLosses;
import org.regularizedvi.model.step.TrainingStep;

/** The loop over epochs: warm-up, steps, validation, plateau, early stopping, history. */
public final class Trainer {
  private static final int VALIDATION_BATCH = 1024;

  private final Network network;
  private final CellData data;
  private final TrainConfig config;
  private final Sampler sampler;
  private final CounterRandom random;

  public Trainer(Network network, CellData data, TrainConfig config, long seed) {
    this.network = network;
    this.data = data;
    this.config = config;
    this.random = new CounterRandom(seed);
    this.sampler = Sampler.split(seed, data.size(), config.trainSize(), config.batchSize());
    if (sampler.validation().length == 0
        && (config.earlyStopping().isPresent() || config.plateau().isPresent())) {
      throw new InputException(
          "Early stopping and learning rate cuts need validation cells, but train_size %s of %d cells leaves none."
              .formatted(config.trainSize(), data.size()));
    }
  }

  /** The number of cells that the loss's global terms are divided by. */
  public Objective objective() {
    return new Objective(sampler.training().length);
  }

  /** The cells that are not held back, ascending. */
  public int[] trainingCells() {
    return sampler.training().clone();
  }

  /** Trains to the end and appends every epoch to the history. */
  public void run(TrainingStep step, History history, TrainListener listener) {
    int epochs = config.epochsFor(data.size());
    listener.started(
        new TrainListener.Plan(
            epochs,
            sampler.stepsPerEpoch(),
            sampler.training().length,
            sampler.validation().length));
    KlWarmup warmup = new KlWarmup(config.klWarmupFor(data.size()));
    Rate rate = new Rate(config.optimiser(), (long) epochs * sampler.stepsPerEpoch());
    Optional<Plateau> plateau = config.plateau().map(Plateau::new);
    Optional<EarlyStopping> earlyStopping =
        config.earlyStopping().map(c -> new EarlyStopping(c, data.featureCount()));
    for (int epoch = 0; epoch < epochs; epoch++) {
      Map<String, Double> row = trainEpoch(epoch, warmup.weight(epoch), rate, step, listener);
      if (sampler.validation().length > 0) {
        row.putAll(validate(step));
        double elbo = row.get("elbo_validation");
        plateau.ifPresent(p -> rate.highest = p.next(elbo, rate.highest));
      }
      history.append(row);
      listener.epochEnded(epoch, history);
      if (earlyStopping.isPresent() && earlyStopping.get().stopAfter(row.get("elbo_validation"))) {
        break;
      }
    }
    step.store();
  }

  /** The learning rate of each step: the schedule's, under a highest that plateaus may cut. */
  private static final class Rate {
    private final LrSchedule schedule;
    private final long steps;
    private double highest;

    Rate(OptimiserConfig optimiser, long steps) {
      this.schedule = optimiser.lrSchedule();
      this.steps = steps;
      this.highest = optimiser.lr();
    }

    double at(long step) {
      return highest * schedule.factor(step, steps);
    }
  }

  private Map<String, Double> trainEpoch(
      int epoch, double klWeight, Rate rate, TrainingStep step, TrainListener listener) {
    int[] order = sampler.epoch(epoch);
    double[] sums = new double[5];
    double[] modalities = new double[network.modalities().size()];
    for (int s = 0; s < sampler.stepsPerEpoch(); s++) {
      Minibatch minibatch = data.minibatchByGroup(sampler.step(order, s));
      long number = (long) epoch * sampler.stepsPerEpoch() + s;
      step.setLr(rate.at(number));
      StepLosses losses =
          step.run(minibatch, new CounterNoise(random, number, minibatch.cells()), klWeight);
      if (!losses.finite()) {
        throw new InputException(
            "The loss is no longer finite at epoch %d, step %d (reconstruction %s, KL of z %s, KL of l %s nats a cell); a lower --lr or fewer extreme counts may help."
                .formatted(epoch + 1, s + 1, losses.reconstruction(), losses.klZ(), losses.klL()));
      }
      sums[0] += losses.loss() * minibatch.size();
      sums[1] += losses.reconstruction() * minibatch.size();
      sums[2] += losses.klZ() * minibatch.size();
      sums[3] += losses.klL() * minibatch.size();
      sums[4] += losses.activeDims() * minibatch.size();
      for (int m = 0; m < modalities.length; m++) {
        modalities[m] += losses.reconstructionOf()[m] * minibatch.size() / order.length;
      }
      listener.stepEnded(number + 1, losses.loss());
    }
    Map<String, Double> row = new LinkedHashMap<>();
    int cells = order.length;
    row.put("loss_train", sums[0] / cells);
    put(row, "train", sums[1] / cells, sums[2] / cells, sums[3] / cells);
    putModalities(row, "train", modalities);
    row.put("n_active_dims_train", sums[4] / cells);
    putLibraryWeights(row);
    row.put("kl_weight", klWeight);
    row.put("lr", step.lr());
    if (config.computePearson()) {
      step.store();
      putCorrelations(row, "train", sampler.training());
    }
    return row;
  }

  private Map<String, Double> validate(TrainingStep step) {
    Evaluation e =
        ElboOfCells.of(step::evaluation, minibatches(sampler.validation()), random, (_, _) -> {});
    Map<String, Double> row = new LinkedHashMap<>();
    put(row, "validation", e.reconstruction(), e.klZ(), e.klL());
    putModalities(row, "validation", e.reconstructionOf());
    row.put("n_active_dims_validation", e.latent().activeDims());
    if (config.computePearson()) {
      putCorrelations(row, "validation", sampler.validation());
    }
    return row;
  }

  private void putLibraryWeights(Map<String, Double> row) {
    for (Modality modality : network.modalities()) {
      LibraryPrior prior = network.priors().get(modality.spec().index()).library();
      LibraryWeight.of(modality, prior)
          .ifPresent(w -> row.put("library_obs_w" + modality.spec().names().metricSuffix(), w));
    }
  }

  /** What each of several modalities adds to the reconstruction. */
  private void putModalities(Map<String, Double> row, String cells, double[] reconstruction) {
    for (Modality modality : network.modalities()) {
      if (reconstruction.length > 1) {
        row.put(
            "recon_loss%s_%s".formatted(modality.spec().names().metricSuffix(), cells),
            reconstruction[modality.spec().index()]);
      }
    }
  }

  private void putCorrelations(Map<String, Double> row, String name, int[] cells) {
    List<Proportions> found = Proportions.correlations(network, minibatches(cells), random);
    for (Modality modality : network.modalities()) {
      String suffix = "%s_%s".formatted(modality.spec().names().metricSuffix(), name);
      found.get(modality.spec().index()).into(row, suffix);
    }
  }

  private static void put(
      Map<String, Double> row, String cells, double reconstruction, double klZ, double klL) {
    row.put("elbo_" + cells, reconstruction + klZ + klL);
    row.put("reconstruction_loss_" + cells, reconstruction);
    row.put("kl_local_" + cells, klZ + klL);
    row.put("kl_z_" + cells, klZ);
    row.put("kl_l_" + cells, klL);
  }

  /** Cells in pieces, each made when it is asked for: no second copy of the data. */
  private Iterable<Minibatch> minibatches(int[] cells) {
    int pieces = (cells.length + VALIDATION_BATCH - 1) / VALIDATION_BATCH;
    return () -> IntStream.range(0, pieces).mapToObj(piece -> minibatch(cells, piece)).iterator();
  }

  private Minibatch minibatch(int[] cells, int piece) {
    int from = piece * VALIDATION_BATCH;
    int to = Math.min(from + VALIDATION_BATCH, cells.length);
    return data.minibatchByGroup(Arrays.copyOfRange(cells, from, to));
  }
}
