package org.regularizedvi.reference.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.NormalPosteriors;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.term.LibrarySizeTensors;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.NormalPosterior;

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
            scaled(elbo.posteriors(minibatch, Optional.empty(), LibrarySizeTensors.Weight.mean())));
  }

  /** {@return the distributions, of z times the medians of its scales} */
  private Posteriors scaled(NormalPosteriors drawn) {
    List<NormalPosterior> latents = new ArrayList<>();
    for (NormalPosterior q : drawn.latents()) {
      int e = latents.size();
      Modality modality =
          elbo.network().modalities().get(elbo.network().latent().encoders().get(e).index());
      NormalPosterior own =
          drawn.logScales().isEmpty() ? q : q.times(drawn.logScales().get(e).mean().exp());
      latents.add(modality.relevance().map(term -> own.times(term.median())).orElse(own));
    }
    return new NormalPosteriors(latents, drawn.logScales(), drawn.libraries()).numbers();
  }

  @Override
  public void close() {}
}
