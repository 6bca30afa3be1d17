package org.regularizedvi.core.result;

import java.nio.file.Path;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.config.CorrectionMethod;

/**
 * Says how counts are to be corrected.
 *
 * @param method how a count becomes its native part
 * @param amount how much ambient RNA a cell is taken to have
 * @param seed makes binomial draws
 * @param target the file that the corrected counts are meant for; until they are written, they lie
 *     beside it
 */
public record CorrectionPlan(
    CorrectionMethod method, AmbientAmount amount, long seed, Path target) {}
