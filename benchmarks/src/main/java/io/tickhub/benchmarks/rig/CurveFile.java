package io.tickhub.benchmarks.rig;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws curves into SVG files, in which texts are texts. Needs no screen. No state. */
public final class CurveFile {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;

    /** Not 12, which is left out of the file: a browser would take 16. */
    private static final int TEXT = 13;

    /** From here on a line at the top would press the others to the ground. */
    private static final double SPREAD_OF_LOGARITHMS = 10;

    static {
        System.setProperty("java.awt.headless", "true");
        // Else what stands upright is drawn as outlines, many times as large.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private CurveFile() {}

    /**
     * Writes one.
     *
     * @param folder which exists
     * @param prefix of the file's name; the rest is the title
     * @return the file
     */
    public static Path write(Curve curve, Path folder, String prefix) throws IOException {
        Path file = folder.resolve(
                prefix + "-" + curve.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg");
        VectorGraphics2D graphics = new VectorGraphics2D();
        chart(curve).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        try (OutputStream out = Files.newOutputStream(file)) {
            Processors.get("svg")
                    .getDocument(graphics.getCommands(), new PageSize(WIDTH, HEIGHT))
                    .writeTo(out);
        }
        return file;
    }

    private static JFreeChart chart(Curve curve) {
        XYSeriesCollection lines = new XYSeriesCollection();
        for (Curve.Line line : curve.lines()) {
            XYSeries series = new XYSeries(line.name());
            line.points().forEach(point -> series.add(point.x(), point.y()));
            lines.addSeries(series);
        }
        JFreeChart chart = ChartFactory.createXYLineChart(curve.title(), curve.xLabel(), curve.yLabel(), lines);
        XYPlot plot = chart.getXYPlot();
        plot.setRenderer(new XYLineAndShapeRenderer());
        if (isSpread(curve)) {
            plot.setRangeAxis(new LogarithmicAxis(curve.yLabel() + " (logarithmic)"));
        }
        theme().apply(chart);
        withGroupedNumbers(plot.getDomainAxis());
        withGroupedNumbers(plot.getRangeAxis());
        return chart;
    }

    private static boolean isSpread(Curve curve) {
        DoubleSummaryStatistics values = curve.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Curve.Point::y)
                .summaryStatistics();
        return values.getMin() > 0 && values.getMax() / values.getMin() >= SPREAD_OF_LOGARITHMS;
    }

    private static StandardChartTheme theme() {
        StandardChartTheme theme = new StandardChartTheme("plain");
        theme.setExtraLargeFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        theme.setLargeFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT));
        theme.setRegularFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT));
        theme.setPlotBackgroundPaint(Color.WHITE);
        theme.setDomainGridlinePaint(Color.LIGHT_GRAY);
        theme.setRangeGridlinePaint(Color.LIGHT_GRAY);
        return theme;
    }

    private static void withGroupedNumbers(ValueAxis axis) {
        ((NumberAxis) axis).setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
    }
}
