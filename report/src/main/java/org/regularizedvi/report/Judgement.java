package org.regularizedvi.report;

/**
 * Whether one side of a run worked.
 *
 * @param topic a word or two
 * @param finding what was measured, a sentence with its numbers
 * @param advice what to do about it, empty where nothing is to be done
 */
public record Judgement(String topic, Verdict verdict, String finding, String advice) {
  /** How good it is, by rules of thumb that {@link Judge} holds. */
  public enum Verdict {
    GOOD("\u2713 looks good"),
    LOOK("! have a look"),
    POOR("\u2717 needs attention"),
    UNKNOWN("? not known");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** What a reader sees, with a sign for those who see no colours. */
    String words() {
      return words;
    }
  }
}
