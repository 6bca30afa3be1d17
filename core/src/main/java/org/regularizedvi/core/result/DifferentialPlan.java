package org.regularizedvi.core.result;

import org.regularizedvi.core.differential.DifferentialMode;
import org.regularizedvi.core.differential.GroupChoice;
import org.regularizedvi.core.differential.SampleChoice;

/**
 * Says how groups of cells are compared.
 *
 * @param groups which groups
 * @param mode by which question
 * @param samples by which samples
 */
public record DifferentialPlan(GroupChoice groups, DifferentialMode mode, SampleChoice samples) {}
