package org.regularizedvi.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PageTest {
  private static final String PAGE = Page.of(Hostile.report());

  private static JsonNode data(String page) throws Exception {
    Matcher found =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(page);
    assertThat(found.find()).isTrue();
    return new ObjectMapper().readTree(found.group(1));
  }

  private static byte[] unpacked(String text) throws Exception {
    try (var in =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return in.readAllBytes();
    }
  }

  @Test
  void namesAreDataAndNothingElse() throws Exception {
    // Three scripts, as the template has them: no name opened or closed one.
    assertThat(PAGE.split("(?i)<script", -1)).hasSize(4);
    assertThat(PAGE.split("(?i)</script", -1)).hasSize(4);
    assertThat(PAGE).doesNotContain("<!-- <script", "<img src=x");
    List<String> read = new ArrayList<>();
    data(PAGE)
        .path("map")
        .path("colours")
        .get(0)
        .path("categories")
        .forEach(c -> read.add(c.asText()));
    assertThat(read).isEqualTo(Hostile.NAMES);
    assertThat(data(PAGE).path("title").asText()).isEqualTo(Hostile.NAMES.getFirst());
  }

  @Test
  void figuresAreXmlWithTheNamesAsText() throws Exception {
    int figures = 0;
    for (JsonNode item : data(PAGE).path("items")) {
      if (item.has("svg")) {
        String svg = item.path("svg").asText();
        Document document =
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("img").getLength()).isZero();
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
            .isEqualTo(item.path("caption").asText().replaceAll("[\\x00\\x07]", "\uFFFD"));
        figures++;
      }
    }
    assertThat(figures).isGreaterThan(6);
  }

  @Test
  void nothingIsAskedOfTheNetwork() {
    String without = PAGE.replace("http://www.w3.org/2000/svg", "");
    assertThat(without).doesNotContain("http:", "https:", "//www", "@import", "url(", "fetch(");
    assertThat(PAGE).contains("default-src 'none'");
    assertThat(PAGE).doesNotContain("href=\"report.css\"", "src=\"report.js\"", "src=\"map.js\"");
  }

  @Test
  void everyPartOfItemsHasItsPlace() throws Exception {
    for (Item.Part part : Item.Part.values()) {
      assertThat(PAGE).contains("<section id=\"" + part.name().toLowerCase() + "\">");
    }
    assertThat(data(PAGE).path("items").findValuesAsText("part"))
        .contains(
            "training", "latent", "library", "ambient", "dispersion", "scaling", "modalities");
  }

  @Test
  void numbersComeBackAsTheyWere() throws Exception {
    JsonNode map = data(PAGE).path("map");
    ByteBuffer x =
        ByteBuffer.wrap(unpacked(map.path("x").path("values").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    double from = map.path("x").path("from").asDouble();
    double step = (map.path("x").path("to").asDouble() - from) / 65_534;
    for (int i = 0; i < Hostile.NAMES.size(); i++) {
      assertThat(from + step * Short.toUnsignedInt(x.getShort())).isCloseTo(i, within(1e-4));
    }
    ByteBuffer codes =
        ByteBuffer.wrap(unpacked(map.path("colours").get(0).path("values").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(Short.toUnsignedInt(codes.getShort())).isEqualTo(65_535);
    assertThat(Short.toUnsignedInt(codes.getShort())).isZero();
    byte[] feature = unpacked(map.path("colours").get(1).path("values").asText());
    assertThat(Byte.toUnsignedInt(feature[feature.length - 1])).isEqualTo(255);
    assertThat(Byte.toUnsignedInt(feature[4])).isEqualTo(128);
  }

  private static org.assertj.core.data.Offset<Double> within(double error) {
    return org.assertj.core.data.Offset.offset(error);
  }
}
