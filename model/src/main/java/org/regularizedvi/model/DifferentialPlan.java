package org.regularizedvi.model;

import org.regularizedvi.model.differential.DifferentialMode;
import org.regularizedvi.model.differential.GroupChoice;
import org.regularizedvi.model.differential.SampleChoice;

/** Which groups are compared, by which question, of which samples. */
public record DifferentialPlan(GroupChoice groups, DifferentialMode mode, SampleChoice samples) {}
