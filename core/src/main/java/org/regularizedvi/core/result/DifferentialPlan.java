package org.regularizedvi.core.result;

import org.regularizedvi.core.differential.DifferentialMode;
import org.regularizedvi.core.differential.GroupChoice;
import org.regularizedvi.core.differential.SampleChoice;

/** Which groups are compared, by which question, of which samples. */
public record DifferentialPlan(GroupChoice groups, DifferentialMode mode, SampleChoice samples) {}
