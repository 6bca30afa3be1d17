package org.regularizedvi.core.config;

/** Names a whole set of options, from which single ones may differ. */
public enum Preset {
  /** These options fit best; {@code train} takes them unless told otherwise. */
  RECOMMENDED,
  /** These options make the model as first published, without what was added since. */
  PUBLISHED;

  /** {@return the options of the model that this name stands for} */
  public ModelConfig config() {
    return switch (this) {
      case RECOMMENDED -> ModelConfig.recommended();
      case PUBLISHED -> ModelConfig.published();
    };
  }

  /** {@return the options of training that this name stands for} */
  public TrainConfig training() {
    return switch (this) {
      case RECOMMENDED -> TrainConfig.recommended();
      case PUBLISHED -> TrainConfig.published();
    };
  }
}
