/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgChartTest {
    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document document) {
        NodeList nodes = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static List<Double> widths(Document document, String style) {
        NodeList nodes = document.getElementsByTagName("rect");
        List<Double> widths = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element bar = (Element) nodes.item(i);
            if (bar.getAttribute("class").equals(style)) {
                widths.add(Double.valueOf(bar.getAttribute("width")));
            }
        }
        return widths;
    }

    @Test
    void namesThatLookLikeMarkupAreTextAndCharactersThatXmlLacksAreReplaced() throws Exception {
        String name = "a<b>&\"c'\u0000\u001b";
        String svg =
                SvgChart.draw(name, "s", List.of(new SvgChart.Block(name, List.of(new SvgChart.Bar(name, "peer", 1)))));

        assertThat(texts(parse(svg))).contains("a<b>&\"c'\ufffd\ufffd");
    }

    @Test
    void barsAreProportionalWithinABlockAndFiguresAreWritten() throws Exception {
        Document document = parse(SvgChart.draw(
                "title",
                "s",
                List.of(
                        new SvgChart.Block(
                                "w1", List.of(new SvgChart.Bar("a", "ours", 1), new SvgChart.Bar("b", "peer", 4))),
                        new SvgChart.Block("w3", List.of(new SvgChart.Bar("a", "floor", 50))))));

        double longest = widths(document, "peer").get(0);
        assertThat(widths(document, "ours")).containsExactly(longest / 4);
        assertThat(widths(document, "floor")).containsExactly(longest);
        assertThat(texts(document)).contains("w1", "w3", "a", "b", "1.00 s", "4.00 s", "50.00 s");
    }

    @Test
    void barsWithoutLengthAreDrawn() throws Exception {
        Document document = parse(SvgChart.draw(
                "title", "s", List.of(new SvgChart.Block("w", List.of(new SvgChart.Bar("a", "ours", 0))))));

        assertThat(widths(document, "ours")).containsExactly(0.0);
    }
}
