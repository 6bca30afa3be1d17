package org.regularizedvi.files;

/** Says what becomes of a file or folder that already exists where an output is to be written. */
public enum IfExists {
  /** The file stays as it is, and nothing is written. */
  REFUSE,
  /** The output takes its place. */
  REPLACE;

  /**
   * {@return {@link #REPLACE} where the user allowed it, else {@link #REFUSE}}
   *
   * @param allowed whether the user allowed the output to take the place of what exists
   */
  public static IfExists replaceIf(boolean allowed) {
    return allowed ? REPLACE : REFUSE;
  }
}
