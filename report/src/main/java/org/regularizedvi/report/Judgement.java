package org.regularizedvi.report;

/**
 * Says whether one side of a run worked.
 *
 * @param topic a word or two
 * @param verdict how good it is
 * @param finding a sentence that tells what was measured, with its numbers
 * @param advice says what to do about it; empty where nothing is to be done
 */
public record Judgement(String topic, Verdict verdict, String finding, String advice) {
  /** How good something is, by the rules of thumb that {@link Judge} holds. */
  public enum Verdict {
    /** Nothing needs to be done. */
    GOOD("\u2713 looks good"),
    /** Somebody should look at it. */
    LOOK("! have a look"),
    /** Something should be done. */
    POOR("\u2717 needs attention"),
    /** It was not measured. */
    UNKNOWN("? not known");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** {@return the words that a reader sees, with a sign for those who see no colours} */
    String words() {
      return words;
    }
  }
}
