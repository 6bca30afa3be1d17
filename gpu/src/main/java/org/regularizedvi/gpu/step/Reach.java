package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.ZSparsityPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.input.InputException;

/** Says which models and trainings the engine does not compute yet. */
final class Reach {
  private Reach() {}

  /**
   * Refuses what is out of reach.
   *
   * @throws InputException when the engine does not compute it
   */
  static void require(Model model, StepPlan plan) {
    List<String> beyond = beyond(model);
    if (plan.peers().ranks() > 1) {
      beyond.add("trainings by several workers");
    }
    refuse(beyond);
  }

  /**
   * Refuses what is out of reach of questions to a model.
   *
   * @throws InputException when the engine does not compute it
   */
  static void require(Model model) {
    refuse(beyond(model));
  }

  private static void refuse(List<String> beyond) {
    if (!beyond.isEmpty()) {
      throw new InputException(
          "The engine cuda does not compute %s yet; use --device cpu."
              .formatted(String.join(", nor ", beyond)));
    }
  }

  private static List<String> beyond(Model model) {
    List<ModelConfig> all = model.spec().modalities().stream().map(ModalitySpec::config).toList();
    ModelConfig config = all.getFirst();
    LatentPriorConfig latent = config.latentPrior();
    Map<String, Boolean> limits = new LinkedHashMap<>();
    limits.put("z_sparsity_prior", latent.zSparsityPrior() != ZSparsityPrior.NONE);
    limits.put("hidden_activation_sparsity", latent.hiddenActivationSparsity());
    limits.put("use_ard_z_sigma_scale", latent.useArdZSigmaScale());
    limits.put("horseshoe_latent_z_prior_type", latent.horseshoe().on());
    limits.put("extended models", model.parameters().specs().stream().anyMatch(Reach::frozen));
    return new ArrayList<>(
        limits.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList());
  }

  private static boolean frozen(ParameterSpec spec) {
    return spec.role() == ParameterSpec.Role.FROZEN || spec.part().isPresent();
  }
}
