package org.regularizedvi.cli.options;

import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;

/** Where the counts are in the file and what may pass for one. */
public record Counts(CountSource source, CountChecks checks) {}
