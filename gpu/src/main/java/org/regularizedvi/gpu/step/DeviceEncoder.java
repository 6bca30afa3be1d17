package org.regularizedvi.gpu.step;

import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.gpu.driver.Device;

/** Encodes cells on a card, in float32, without decoders and likelihood. */
public final class DeviceEncoder implements CellEncoder {
  private final AskedModel asked;
  private final Noise means;

  /** What launches depend on. */
  private record Kind(int rows, boolean sized) {}

  /**
   * Copies a model to the card.
   *
   * @param device the card, to be closed after this
   * @param model whose parameters stay the caller's
   */
  public DeviceEncoder(Device device, Model model) {
    this.asked = new AskedModel(device, model);
    this.means = new PosteriorMeans(model);
  }

  @Override
  public Posteriors encode(Minibatch minibatch) {
    asked.send(minibatch, means);
    asked.run(
        new Kind(minibatch.size(), minibatch.covariates().hasSizeFactor()),
        () -> asked.network().encoding(minibatch, means));
    return asked.network().results().scaled(minibatch);
  }

  @Override
  public void close() {
    asked.close();
  }
}
