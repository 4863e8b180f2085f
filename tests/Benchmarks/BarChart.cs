using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace OssPayment.Benchmarks;

/// <summary>A bar of the picture.</summary>
/// <param name="Group">The bars that are compared with each other.</param>
/// <param name="Label">What was measured.</param>
/// <param name="Seconds">Its time.</param>
/// <param name="Kind">How it is filled.</param>
internal sealed record Bar(string Group, string Label, double Seconds, BarKind Kind);

/// <summary>The module, the floor below which no client gets, and other ways.</summary>
internal enum BarKind
{
    Own,
    Floor,
    Other,
}

/// <summary>Draws times as bars. The fills differ in brightness, so that they differ in black and white too.</summary>
internal static class BarChart
{
    private const int Width = 760;
    private const int LabelWidth = 330;
    private const int ValueWidth = 70;
    private const int BarHeight = 18;
    private const int RowHeight = 26;
    private const int GroupHeight = 34;
    private const int Top = 44;
    private const int Bottom = 32;

    internal static string Draw(string title, IReadOnlyList<Bar> bars, string caption)
    {
        IGrouping<string, Bar>[] groups = [.. bars.GroupBy(bar => bar.Group)];
        int height = Top + (groups.Length * GroupHeight) + (bars.Count * RowHeight) + Bottom;
        double most = bars.Max(bar => bar.Seconds);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" ");
        svg.Append("font-family=\"Segoe UI, Helvetica, Arial, sans-serif\" font-size=\"13\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{SecurityElement.Escape(title)}</title>\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        Write(svg, 12, 24, title, "font-weight=\"600\"");
        int y = Top;
        foreach (IGrouping<string, Bar> group in groups)
        {
            Write(svg, 12, y + 22, group.Key, "fill=\"#333333\" font-weight=\"600\"");
            y += GroupHeight;
            foreach (Bar bar in group)
            {
                DrawBar(svg, y, bar, most);
                y += RowHeight;
            }
        }

        Write(svg, 12, height - 12, caption, "fill=\"#555555\" font-size=\"11\"");
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawBar(StringBuilder svg, int top, Bar bar, double most)
    {
        int width = (int)(bar.Seconds / most * (Width - LabelWidth - ValueWidth));
        int baseline = top + (BarHeight / 2) + 5;
        string fill = bar.Kind switch { BarKind.Own => "#174a7c", BarKind.Floor => "#8c9aa8", _ => "#e3e7eb" };
        Write(svg, LabelWidth - 8, baseline, bar.Label, "text-anchor=\"end\"");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{LabelWidth}\" y=\"{top}\" width=\"{width}\" height=\"{BarHeight}\" fill=\"{fill}\" stroke=\"#333333\"/>\n");
        Write(
            svg,
            LabelWidth + width + 6,
            baseline,
            $"{bar.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
            "");
    }

    private static void Write(StringBuilder svg, int x, int y, string text, string attributes) => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" {attributes}>{SecurityElement.Escape(text)}</text>\n");
}
