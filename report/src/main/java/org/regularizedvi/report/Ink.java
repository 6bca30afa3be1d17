package org.regularizedvi.report;

/**
 * The colours of figures, on white. The series are those of Okabe and Ito, which the colour-blind
 * can tell apart ("Color Universal Design", 2008).
 */
public enum Ink {
  TEXT(0x24292f),
  FAINT(0xd8dce0),
  BLUE(0x0072b2),
  VERMILION(0xd55e00),
  GREEN(0x009e73),
  PURPLE(0xcc79a7),
  SKY(0x56b4e9),
  ORANGE(0xe69f00),
  GREY(0x7f7f7f),
  LEVEL1(0xd9dce1),
  LEVEL2(0xa6cbd8),
  LEVEL3(0x56a3c7),
  LEVEL4(0x2c6fa6),
  LEVEL5(0x2a3f80),
  LEVEL6(0x2b1150);

  /** How many colours there are from little to much. */
  static final int LEVELS = 6;

  private static final Ink[] SERIES = {BLUE, VERMILION, GREEN, PURPLE, SKY, ORANGE, GREY};
  private final int rgb;

  Ink(int rgb) {
    this.rgb = rgb;
  }

  /** The colour of the n-th series; the seventh comes again after them. */
  public static Ink series(int n) {
    return SERIES[n % SERIES.length];
  }

  /** The colour of a level, 0 the least. */
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
