package org.regularizedvi.report;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Draws a figure as pixels, without a screen. */
public final class RasterPen implements Pen {
  private static final int SCALE = 3;
  private final Graphics2D graphics;

  private RasterPen(Graphics2D graphics) {
    this.graphics = graphics;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FigurePainter.FONT));
    graphics.scale(SCALE, SCALE);
  }

  /**
   * {@return why nothing can be drawn here, in Java's own words: the system has no font; empty
   * where it has}
   */
  public static Optional<String> missingFont() {
    System.setProperty("java.awt.headless", "true");
    try {
      Graphics2D any = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      new RasterPen(any).text("A", 0, 0, Anchor.START);
      return Optional.empty();
    } catch (RuntimeException | InternalError e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * {@return a figure as a PNG file on white, three pixels per point}
   *
   * @param figure what to draw
   */
  public static byte[] png(Figure figure) {
    System.setProperty("java.awt.headless", "true");
    int width = FigurePainter.WIDTH * SCALE;
    int height = FigurePainter.HEIGHT * SCALE;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    FigurePainter.paint(figure, new RasterPen(graphics));
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void use(Ink ink) {
    graphics.setColor(new Color(ink.rgb()));
  }

  @Override
  public void line(Ink ink, double[] x, double[] y, double width, boolean dashed) {
    use(ink);
    float[] dashes = {6, 4};
    graphics.setStroke(
        new BasicStroke(
            (float) width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            dashed ? dashes : null,
            0));
    Path2D path = new Path2D.Double();
    boolean down = false;
    for (int i = 0; i < x.length; i++) {
      boolean number = !Double.isNaN(x[i]) && !Double.isNaN(y[i]);
      if (number && down) {
        path.lineTo(x[i], y[i]);
      } else if (number) {
        path.moveTo(x[i], y[i]);
      }
      down = number;
    }
    graphics.draw(path);
  }

  @Override
  public void dots(Ink ink, double[] x, double[] y) {
    use(ink);
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.6f));
    for (int i = 0; i < x.length; i++) {
      graphics.fill(new Ellipse2D.Double(x[i] - 1.3, y[i] - 1.3, 2.6, 2.6));
    }
    graphics.setComposite(AlphaComposite.SrcOver);
  }

  @Override
  public void bar(Ink ink, double x, double y, double width, double height) {
    use(ink);
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void text(String text, double x, double y, Anchor anchor) {
    use(Ink.TEXT);
    int width = graphics.getFontMetrics().stringWidth(text);
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2.0;
          case END -> x - width;
        };
    graphics.drawString(text, (float) left, (float) y);
  }

  @Override
  public void upwards(String text, double x, double y) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, y);
    graphics.rotate(-Math.PI / 2);
    text(text, 0, 0, Anchor.MIDDLE);
    graphics.setTransform(before);
  }
}
