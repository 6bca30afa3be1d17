package org.regularizedvi.core.python;

import org.regularizedvi.cells.keys.Purpose;

/** Holds the names that the registry has for things. */
final class RegistryFields {
  static final String SINGLE = "AmbientRegularizedSCVI";
  static final String MULTIMODAL = "RegularizedMultimodalVI";

  private RegistryFields() {}

  /** {@return the field in which a purpose's categories are} */
  static String of(Purpose purpose) {
    return switch (purpose) {
      case BATCH -> "batch";
      case AMBIENT -> "ambient_covs";
      case DISPERSION -> "dispersion_cov";
      case LIBRARY_SIZE -> "library_size_cov";
      case NN_CONDITIONING -> "extra_categorical_covs";
      case FEATURE_SCALING -> "feature_scaling_covs";
      case ENCODER -> "encoder_covs";
    };
  }
}
