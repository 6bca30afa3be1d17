package org.regularizedvi.samples;

/** Which features of several files are taken. */
public enum FeatureJoin {
  /** Those that every file has. */
  INTERSECTION,
  /** Those that any file has; cells of a file that lacks one have no counts of it. */
  UNION
}
