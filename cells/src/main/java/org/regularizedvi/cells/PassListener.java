package org.regularizedvi.cells;

/** Is told how far a pass over counts is. */
@FunctionalInterface
public interface PassListener {
  /**
   * Some more was read.
   *
   * @param what names what is counted, with its modality where that has a name: "rna: cell"
   * @param done how many of it this pass has read so far
   * @param all how many it will read
   */
  void read(String what, long done, long all);

  /**
   * {@return the name of something of a modality}
   *
   * @param modality the name of the modality
   * @param thing what is counted
   */
  static String of(String modality, String thing) {
    return modality.isEmpty() ? thing : modality + ": " + thing;
  }
}
