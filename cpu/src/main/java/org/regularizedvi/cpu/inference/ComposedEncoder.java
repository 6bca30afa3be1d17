package org.regularizedvi.cpu.inference;

import java.util.Optional;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.cpu.term.LibrarySizeTensors;
import org.regularizedvi.cpu.torch.Inference;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Posteriors;

/**
 * Encodes cells over a dense copy of the counts, with libtorch's operations.
 *
 * @param elbo the networks, and how their first layers are computed
 */
public record ComposedEncoder(Elbo elbo) implements CellEncoder {
  @Override
  public Posteriors encode(Minibatch minibatch) {
    return Inference.run(
        () ->
            elbo.posteriors(minibatch, Optional.empty(), LibrarySizeTensors.Weight.mean())
                .numbers());
  }

  @Override
  public void close() {}
}
