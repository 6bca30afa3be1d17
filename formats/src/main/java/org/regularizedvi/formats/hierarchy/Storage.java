package org.regularizedvi.formats.hierarchy;

/** Says how the values of an array lie on disk. */
public enum Storage {
  /** They lie as they are. */
  PLAIN,
  /** They lie in chunks of whole rows, each compressed. */
  COMPRESSED
}
