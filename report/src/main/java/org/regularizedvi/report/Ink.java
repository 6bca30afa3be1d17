package org.regularizedvi.report;

/**
 * The colours of figures, on white. The colours of series are those of Okabe and Ito ("Color
 * Universal Design", 2008), which the colour-blind can tell apart.
 */
public enum Ink {
  /** The colour of text and axes. */
  TEXT(0x24292f),
  /** The colour of grid lines and of what stays in the background. */
  FAINT(0xd8dce0),
  /** The first series. */
  BLUE(0x0072b2),
  /** The second series. */
  VERMILION(0xd55e00),
  /** The third series. */
  GREEN(0x009e73),
  /** The fourth series. */
  PURPLE(0xcc79a7),
  /** The fifth series. */
  SKY(0x56b4e9),
  /** The sixth series. */
  ORANGE(0xe69f00),
  /** The seventh series. */
  GREY(0x7f7f7f),
  /** The least of six levels. */
  LEVEL1(0xd9dce1),
  /** The second level. */
  LEVEL2(0xa6cbd8),
  /** The third level. */
  LEVEL3(0x56a3c7),
  /** The fourth level. */
  LEVEL4(0x2c6fa6),
  /** The fifth level. */
  LEVEL5(0x2a3f80),
  /** The most of six levels. */
  LEVEL6(0x2b1150);

  /** The number of levels from little to much. */
  static final int LEVELS = 6;

  private static final Ink[] SERIES = {BLUE, VERMILION, GREEN, PURPLE, SKY, ORANGE, GREY};
  private final int rgb;

  Ink(int rgb) {
    this.rgb = rgb;
  }

  /**
   * {@return the colour of the n-th series; after the seventh the colours begin again}
   *
   * @param n 0 or more
   */
  public static Ink series(int n) {
    return SERIES[n % SERIES.length];
  }

  /** {@return the colour of a level, 0 for the least} */
  static Ink level(int level) {
    return values()[LEVEL1.ordinal() + level];
  }

  int rgb() {
    return rgb;
  }

  String hex() {
    return "#%06x".formatted(rgb);
  }
}
