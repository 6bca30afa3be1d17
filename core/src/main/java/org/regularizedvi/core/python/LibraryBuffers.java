package org.regularizedvi.core.python;

/**
 * Gives the names of the tensors that hold a modality's library prior, which training leaves alone.
 */
record LibraryBuffers(
    String logMeans, String logVars, String globalLogMean, String logSensitivity) {
  /**
   * @param modality empty in a model of a single one
   */
  static LibraryBuffers of(String modality) {
    String suffix = modality.isEmpty() ? "" : "_" + modality;
    return new LibraryBuffers(
        "library_log_means" + suffix,
        "library_log_vars" + suffix,
        "library_global_log_mean" + suffix,
        "library_log_sensitivity" + suffix);
  }
}
