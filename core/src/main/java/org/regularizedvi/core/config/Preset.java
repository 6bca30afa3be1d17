package org.regularizedvi.core.config;

/** A whole set of options under one name, from which single ones may differ. */
public enum Preset {
  /** What fits best: what {@code train} does unless told. */
  RECOMMENDED,
  /** The model as first published, without what was added since. */
  PUBLISHED;

  /** The options of the model that this name stands for. */
  public ModelConfig config() {
    return switch (this) {
      case RECOMMENDED -> ModelConfig.recommended();
      case PUBLISHED -> ModelConfig.published();
    };
  }

  /** The options of training that this name stands for. */
  public TrainConfig training() {
    return switch (this) {
      case RECOMMENDED -> TrainConfig.recommended();
      case PUBLISHED -> TrainConfig.published();
    };
  }
}
