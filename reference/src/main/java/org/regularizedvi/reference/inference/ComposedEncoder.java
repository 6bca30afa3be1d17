package org.regularizedvi.reference.inference;

import java.util.Optional;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.term.LibrarySizeTensors;
import org.regularizedvi.reference.torch.Inference;

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
