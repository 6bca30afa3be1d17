package org.regularizedvi.core.prior;

/**
 * Normal priors of the log library size, one a category of {@code library_size_key}, as the loss
 * uses them: means centred when asked for, variances already weighted.
 *
 * @param globalLogMean mean of the groups' means before centring; 0 when not centred
 * @param logSensitivity what the means average to after centring; 0 when not centred
 */
public record LibraryPrior(
    float[] logMeans, float[] logVars, float globalLogMean, float logSensitivity) {
  /** Priors that were not centred. */
  public static LibraryPrior uncentred(float[] logMeans, float[] logVars) {
    return new LibraryPrior(logMeans, logVars, 0, 0);
  }
}
