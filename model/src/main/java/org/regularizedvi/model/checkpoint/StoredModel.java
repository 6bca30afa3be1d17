package org.regularizedvi.model.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.model.History;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.prior.ModalityPriors;

/** A model as it is written and read, free of native memory. */
public record StoredModel(
    ModelConfig config,
    Optional<TrainConfig> training,
    Schema schema,
    List<String> features,
    ModalityPriors priors,
    long seed,
    String dataDigest,
    History history,
    SequencedMap<String, Safetensors.Entry> tensors) {}
