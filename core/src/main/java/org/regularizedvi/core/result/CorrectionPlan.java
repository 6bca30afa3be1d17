package org.regularizedvi.core.result;

import java.nio.file.Path;
import org.regularizedvi.core.config.CorrectionMethod;

/**
 * How counts are to be corrected.
 *
 * @param seed of binomial draws
 * @param target the file that the corrected counts are meant for: they lie beside it until then
 */
public record CorrectionPlan(CorrectionMethod method, long seed, Path target) {}
