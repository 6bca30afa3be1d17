package org.regularizedvi.golden;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.reference.net.Encoder;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;

/** The draws that the Python package made, each under what it was for. */
final class RecordedNoise implements Noise {
  private final Map<Draw, float[]> draws;
  private final int rows;
  private final int firstRow;

  private RecordedNoise(Map<Draw, float[]> draws, int rows, int firstRow) {
    this.draws = draws;
    this.rows = rows;
    this.firstRow = firstRow;
  }

  /** Assigns the recorded arrays, which stand in the order of drawing, to their uses. */
  static RecordedNoise read(H5File file, String group, Network network, Minibatch minibatch) {
    boolean training = !group.startsWith("/eval");
    RecordedNoise noise = new RecordedNoise(new HashMap<>(), minibatch.size(), 0);
    Deque<String> names = new ArrayDeque<>(file.children(group).stream().sorted().toList());
    boolean dropout = training && network.config().network().dropoutRate().orElseThrow() > 0;
    for (Encoder encoder : network.latent().encoders()) {
      int index = encoder.index();
      for (int layer = 0; dropout && layer < encoder.shape().layers(); layer++) {
        Draw draw = new Draw(Draw.Kind.LATENT_DROPOUT, index, layer);
        noise.take(file, group, names, draw, "dropout_keep");
      }
      noise.take(file, group, names, Draw.of(Draw.Kind.LATENT, index), "rsample");
      Modality modality = network.modalities().get(index);
      if (modality.relevance().isPresent()) {
        noise.take(file, group, names, Draw.of(Draw.Kind.ARD, index), "rsample");
      }
      if (modality.scaleEncoder().isPresent()) {
        int layers = dropout ? modality.scaleEncoder().get().shape().layers() : 0;
        for (int layer = 0; layer < layers; layer++) {
          Draw draw = new Draw(Draw.Kind.HORSESHOE_DROPOUT, index, layer);
          noise.take(file, group, names, draw, "dropout_keep");
        }
        names.removeFirst(); // drawn by the package's encoder and used by nothing
        noise.take(file, group, names, Draw.of(Draw.Kind.HORSESHOE, index), "rsample");
      }
    }
    boolean learnsLibrary = names.peek() != null && !names.peek().contains("randn_like");
    for (int m = 0; learnsLibrary && m < network.modalities().size(); m++) {
      if (dropout) {
        noise.take(file, group, names, Draw.of(Draw.Kind.LIBRARY_DROPOUT, m), "dropout_keep");
      }
      noise.take(file, group, names, Draw.of(Draw.Kind.LIBRARY, m), "rsample");
      if (network.modalities().get(m).library().term().residual()) {
        noise.take(file, group, names, Draw.of(Draw.Kind.LIBRARY_WEIGHT, m), "rsample");
      }
    }
    for (int m = 0; training && m < network.modalities().size(); m++) {
      ModalitySpec spec = network.modalities().get(m).spec();
      noise.take(file, group, names, Draw.of(Draw.Kind.THETA, m), "randn_like");
      int rows = spec.generative().dispersion() == Dispersion.GENE ? 1 : minibatch.size();
      if (noise.draws.get(Draw.of(Draw.Kind.THETA, m)).length != rows * spec.features()) {
        throw new IllegalStateException("Noise of theta has an unexpected size");
      }
    }
    for (int m = 0; m < network.modalities().size(); m++) {
      if (network.config().priors().regulariseDispersion()) {
        noise.take(file, group, names, Draw.of(Draw.Kind.DISPERSION_PRIOR, m), "randn_like");
      }
    }
    if (!names.isEmpty()) {
      throw new IllegalStateException("Draws left over in %s: %s".formatted(group, names));
    }
    return noise;
  }

  private void take(H5File file, String group, Deque<String> names, Draw draw, String kind) {
    String name = names.removeFirst();
    if (!name.endsWith(kind)) {
      throw new IllegalStateException("%s/%s is not a %s".formatted(group, name, kind));
    }
    draws.put(draw, file.floats(group + "/" + name));
  }

  @Override
  public void normals(Draw draw, int row, float[] out) {
    System.arraycopy(draws.get(draw), (firstRow + row) * out.length, out, 0, out.length);
  }

  @Override
  public void sharedNormals(Draw draw, float[] out) {
    if (draws.get(draw).length != out.length) {
      throw new IllegalStateException(
          "%s has %d draws, not %d".formatted(draw, draws.get(draw).length, out.length));
    }
    System.arraycopy(draws.get(draw), 0, out, 0, out.length);
  }

  /**
   * A recorded mask says 1 for kept, which any rate keeps, and 0 for dropped. That of an encoder's
   * input ends with the continuous covariates.
   */
  @Override
  public void uniforms(Draw draw, int row, float[] out) {
    Draw.Kind kind =
        switch (draw.kind()) {
          case LATENT_COVARIATE_DROPOUT -> Draw.Kind.LATENT_DROPOUT;
          case LIBRARY_COVARIATE_DROPOUT -> Draw.Kind.LIBRARY_DROPOUT;
          case HORSESHOE_COVARIATE_DROPOUT -> Draw.Kind.HORSESHOE_DROPOUT;
          default -> draw.kind();
        };
    float[] kept = draws.get(new Draw(kind, draw.modality(), draw.layer()));
    int columns = kept.length / rows;
    System.arraycopy(kept, (firstRow + row + 1) * columns - out.length, out, 0, out.length);
  }

  @Override
  public void entryUniforms(
      Draw draw, int row, int[] columns, int first, int from, int count, float[] out) {
    float[] kept = draws.get(draw);
    for (int i = 0; i < count; i++) {
      out[i] = kept[(firstRow + row) * (kept.length / rows) + columns[from + i]];
    }
  }

  @Override
  public Noise rows(int from, int to) {
    return new RecordedNoise(draws, rows, firstRow + from);
  }

  @Override
  public boolean drawsDispersionPrior() {
    return true;
  }

  @Override
  public String toString() {
    return Arrays.toString(draws.keySet().toArray());
  }
}
