using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OssPayment.Benchmarks;

/// <summary>One group of rows of the table, and what else it says.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Text">A table for users.</param>
/// <param name="Bars">Its bars of the picture.</param>
internal sealed record Section(string Title, IReadOnlyList<Row> Rows, string Text = "", IReadOnlyList<Bar>? Bars = null)
{
    internal const string Header = "| | measured | ratio: median (quartiles) | compared with | target |\n|---|---|---|---|---|";

    internal string ToMarkdown() => string.Join(
        '\n', Rows.Select(row => row.ToMarkdown()).Prepend($"| **{Title}** | | | | |"));
}

/// <summary>A row of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The figure, with its unit.</param>
/// <param name="Ratio">The ratio within the run, with its spread.</param>
/// <param name="To">What it is a ratio to.</param>
/// <param name="Aim">What it should be.</param>
internal sealed record Row(string What, string Measured, Spread? Ratio = null, string To = "", Aim? Aim = null)
{
    internal string ToMarkdown() => $"| {What} | {Measured} | {Ratio} | {To} | {Aim} |";
}

/// <summary>The target of a figure, and whether it is met.</summary>
internal sealed record Aim(string Text, bool IsMet)
{
    internal static Aim AtMost(double most, double measured, string unit = "") => new(
        string.Create(CultureInfo.InvariantCulture, $"≤ {most:0.##}{unit}"), measured <= most);

    public override string ToString() => $"{Text}: {(IsMet ? "met" : "**missed**")}";
}
