package org.regularizedvi.samples;

/** Says which features of several files are taken. */
public enum FeatureJoin {
  /** Features are taken that every file has. */
  INTERSECTION,
  /** Features are taken that any file has; cells of a file that lacks one have no counts of it. */
  UNION
}
