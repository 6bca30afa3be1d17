package org.regularizedvi.cpu.sparse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.work.Workers;

/**
 * Holds a minibatch's counts of one modality, as its likelihood and each of its encoders read them.
 */
public final class MinibatchCounts {
  private final TileStarts starts;
  private final Optional<TiledCounts> likelihood;
  private final List<Optional<InputDropout>> dropouts;
  private final List<EncoderCounts> encoders;
  private int shared;

  /**
   * Makes room for the counts of a modality.
   *
   * @param tiles of its genes
   * @param likelihoods the tiles of which somebody asks for {@link #likelihood}; empty for nobody
   * @param encoded the tiles of which somebody asks for {@link #encoder}
   * @param dropouts of each encoder's input
   * @param workers who will fill it
   */
  public MinibatchCounts(
      GeneTiles tiles,
      Optional<TileRange> likelihoods,
      TileRange encoded,
      List<Optional<InputDropout>> dropouts,
      Workers workers) {
    this.starts = new TileStarts(tiles, likelihoods.map(encoded::with).orElse(encoded));
    this.likelihood = likelihoods.map(_ -> new TiledCounts(starts));
    this.dropouts = dropouts;
    this.encoders =
        Stream.generate(() -> new EncoderCounts(starts, encoded, workers.size()))
            .limit(dropouts.size())
            .toList();
  }

  /** {@return the counts as the likelihood sees them} */
  public TiledCounts likelihood() {
    return likelihood.orElseThrow();
  }

  /**
   * {@return the counts as an encoder sees them; all encoders see the same where nothing is
   * dropped}
   *
   * @param place of the encoder among those of the modality's counts
   */
  public EncoderCounts encoder(int place) {
    return encoders.get(Math.min(place, shared));
  }

  /**
   * Takes a minibatch.
   *
   * @param counts cells x genes of the modality
   * @param before how many counts of each cell are left out before those that are there
   * @param training the step's noise, present in training alone, when inputs are dropped and
   *     gradients are wanted
   * @param workers share the cells out
   */
  public void fill(SparseRows counts, int[] before, Optional<Noise> training, Workers workers) {
    starts.fill(counts, workers);
    likelihood.ifPresent(tiled -> tiled.fill(counts, workers));
    boolean thinned = training.isPresent() && dropouts.getFirst().isPresent();
    shared = thinned ? encoders.size() - 1 : 0;
    List<EncoderCounts> filled = encoders.subList(0, shared + 1);
    filled.forEach(encoder -> encoder.begin(counts));
    float[][] logs = new float[workers.size()][mostEntries(counts.rows())];
    float[][] draws = new float[workers.size()][thinned ? logs[0].length : 0];
    new RowChunks(counts.rows())
        .run(
            workers,
            (worker, n) -> {
              LogCounts.log1p(counts, starts.first(n), starts.entries(n), logs[worker]);
              if (thinned) {
                int row = counts.indptr()[n] - before[n];
                thin(counts, n, row, logs[worker], training.orElseThrow(), draws[worker]);
              } else {
                encoders.getFirst().take(counts, n, logs[worker]);
              }
            });
    if (training.isPresent()) {
      filled.forEach(encoder -> encoder.sortByGene(workers));
    }
  }

  /** Thins a cell's counts, the first of which lies, or would lie, at the place {@code row}. */
  private void thin(
      SparseRows counts, int n, int row, float[] logs, Noise training, float[] draws) {
    int from = starts.first(n);
    int entries = starts.entries(n);
    for (int e = 0; e < encoders.size(); e++) {
      InputDropout dropout = dropouts.get(e).orElseThrow();
      training.entryUniforms(dropout.entries(), n, counts.indices(), row, from, entries, draws);
      encoders.get(e).takeThinned(counts, n, logs, draws, dropout);
    }
  }

  private int mostEntries(int rows) {
    int most = 0;
    for (int n = 0; n < rows; n++) {
      most = Math.max(most, starts.entries(n));
    }
    return most;
  }
}
