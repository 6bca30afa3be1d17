package org.regularizedvi.input;

import java.util.Locale;

/** Words how many there are of something, so that a sentence is right for one as for many. */
public final class Amount {
  private Amount() {}

  /**
   * {@return a number and what it counts: "1 epoch", "2,000 epochs"}
   *
   * @param number how many there are
   * @param one the word for one, which an s makes many
   */
  public static String of(long number, String one) {
    return of(number, one, one + "s");
  }

  /**
   * {@return a number and what it counts}
   *
   * @param number how many there are
   * @param one the words for one
   * @param many the words for any other number
   */
  public static String of(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, word(number, one, many));
  }

  /**
   * {@return the words that suit a number}
   *
   * @param number how many there are
   * @param one the words for one
   * @param many the words for any other number
   */
  public static String word(long number, String one, String many) {
    return number == 1 ? one : many;
  }
}
