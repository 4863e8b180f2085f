using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace OssPayment.Benchmarks;

/// <summary>Draws ratios as bars: where one ends at 1, nothing is left to gain.</summary>
internal static class BarChart
{
    private const int Width = 760;
    private const int LabelWidth = 330;
    private const int ValueWidth = 70;
    private const int BarHeight = 18;
    private const int RowHeight = 28;
    private const int Top = 64;
    private const int Bottom = 48;

    /// <summary>Longer bars are cut off, so that the others can be compared.</summary>
    private const double Most = 4;

    internal static string Draw(IReadOnlyList<Row> rows, string caption)
    {
        int height = Top + (rows.Count * RowHeight) + Bottom;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" ");
        svg.Append("font-family=\"Segoe UI, Helvetica, Arial, sans-serif\" font-size=\"13\" role=\"img\">\n");
        svg.Append("<title>Time as a ratio to the minimum</title>\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        Write(svg, 12, 24, "Time as a ratio to the minimum, which is 1", "font-weight=\"600\"");
        for (int tick = 0; tick <= Most; tick++)
        {
            int x = X(tick);
            string color = tick == 1 ? "#555555" : "#dddddd";
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{x}\" y1=\"{Top - 8}\" x2=\"{x}\" y2=\"{height - Bottom}\" stroke=\"{color}\"/>\n");
            Write(svg, x, Top - 12, tick.ToString(CultureInfo.InvariantCulture), "text-anchor=\"middle\" fill=\"#555555\"");
        }

        foreach ((int index, Row row) in rows.Index())
        {
            DrawBar(svg, Top + (index * RowHeight), row);
        }

        Write(
            svg,
            12,
            height - 28,
            $"Blue: meets the target. Orange: misses it. Gray: no target. Longer bars are cut off at {Most}.",
            "fill=\"#555555\" font-size=\"11\"");
        Write(svg, 12, height - 12, caption, "fill=\"#555555\" font-size=\"11\"");
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawBar(StringBuilder svg, int top, Row row)
    {
        Spread ratio = row.Ratio!;
        int middle = top + (BarHeight / 2);
        string color = row.Aim switch { null => "#b0b7c3", { IsMet: true } => "#3b7dd8", _ => "#d9822b" };
        Write(svg, LabelWidth - 8, middle + 5, row.Bar!, "text-anchor=\"end\"");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{X(0)}\" y=\"{top}\" width=\"{X(ratio.Median) - X(0)}\" height=\"{BarHeight}\" fill=\"{color}\"/>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line x1=\"{X(ratio.Lower)}\" y1=\"{middle}\" x2=\"{X(ratio.Upper)}\" y2=\"{middle}\" stroke=\"#222222\"/>\n");
        string value = ratio.Median.ToString(ratio.Median < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
        Write(svg, Math.Max(X(ratio.Median), X(ratio.Upper)) + 6, middle + 5, value, "");
    }

    private static int X(double ratio) =>
        LabelWidth + (int)(Math.Min(ratio, Most) / Most * (Width - LabelWidth - ValueWidth));

    private static void Write(StringBuilder svg, int x, int y, string text, string attributes) => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" {attributes}>{SecurityElement.Escape(text)}</text>\n");
}
