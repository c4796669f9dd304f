/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import java.util.List;

/**
 * Horizontal bars in blocks, as SVG that needs nothing beside itself. Each block has a scale of its own, for blocks are
 * different work. Colours follow the reader's light or dark scheme; every bar has its name and figure as text, so that nothing
 * is told by colour alone.
 */
final class SvgChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 130;
    private static final int RIGHT = 80;
    private static final int ROW = 22;
    private static final int BAR = 15;
    private static final int TITLE = 44;
    private static final int BLOCK_HEAD = 30;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1b1f24; }
              .title { font-size: 16px; font-weight: 600; }
              .block { font-weight: 600; }
              .name { text-anchor: end; }
              .back { fill: #ffffff; }
              .ours { fill: #1f6feb; } .floor { fill: #57606a; } .peer { fill: #b8c0c9; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .back { fill: #0d1117; }
                .ours { fill: #58a6ff; } .floor { fill: #9198a1; } .peer { fill: #484f58; }
              }
            </style>
            """;

    private SvgChart() {}

    /**
     * A bar.
     *
     * @param name what it stands for
     * @param style {@code ours}, {@code floor} or {@code peer}
     * @param value its length, at least 0
     */
    record Bar(String name, String style, double value) {}

    /**
     * Bars that are compared.
     *
     * @param name what they have in common
     * @param bars at least one
     */
    record Block(String name, List<Bar> bars) {}

    /** The chart. */
    static String draw(String title, String unit, List<Block> blocks) {
        int height = TITLE
                + blocks.stream()
                        .mapToInt(block -> BLOCK_HEAD + ROW * block.bars().size())
                        .sum()
                + 14;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
                        .formatted(WIDTH, height, WIDTH, height));
        svg.append("<title>").append(escape(title)).append("</title>\n").append(STYLE);
        svg.append("<rect class=\"back\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, height));
        text(svg, "title", 16, 28, title);
        int y = TITLE;
        for (Block block : blocks) {
            text(svg, "block", 16, y + 20, block.name());
            y += BLOCK_HEAD;
            double longest = block.bars().stream().mapToDouble(Bar::value).max().orElse(0);
            for (Bar bar : block.bars()) {
                double length = longest > 0 ? (WIDTH - LEFT - RIGHT) * bar.value() / longest : 0;
                text(svg, "name", LEFT - 8, y + 13, bar.name());
                svg.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>\n"
                        .formatted(escape(bar.style()), LEFT, y, length, BAR));
                text(svg, "value", LEFT + (int) length + 6, y + 13, "%.2f %s".formatted(bar.value(), unit));
                y += ROW;
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static void text(StringBuilder svg, String style, int x, int y, String words) {
        svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, y, escape(words)));
    }

    /** Text that means itself in XML 1.0: markup is escaped, characters that XML does not have are replaced. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xD800)
                || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF);
    }
}
