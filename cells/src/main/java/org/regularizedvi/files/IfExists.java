package org.regularizedvi.files;

/** Says what becomes of a file or folder that already exists where an output is to be written. */
public enum IfExists {
  /** It stays as it is, and nothing is written. */
  REFUSE,
  /** The output takes its place. */
  REPLACE;

  /** Returns {@link #REPLACE} where the user allowed it, else {@link #REFUSE}. */
  public static IfExists replaceIf(boolean allowed) {
    return allowed ? REPLACE : REFUSE;
  }
}
