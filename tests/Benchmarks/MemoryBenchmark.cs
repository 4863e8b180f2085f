using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>The most memory that a PowerShell takes for few names and for many.</summary>
internal static class MemoryBenchmark
{
    private const int Rounds = 5;
    private const int Few = 100;
    private const int Many = 100_000;
    private const double Mebibyte = 1024 * 1024;

    internal static async Task<Section> MeasureAsync(MeasuredShell shell)
    {
        using var standIn = new StandIn();
        Task<Run> RunAsync(int count) => shell.RunAsync<Run>(
            "Memory.ps1", standIn.Endpoint, ["-Count", count.ToString(CultureInfo.InvariantCulture)]);

        var few = new List<double>();
        var many = new List<double>();
        var left = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            Run first = await RunAsync(Few);
            Run second = await RunAsync(Many);
            few.Add(first.WorkingSet / Mebibyte);
            many.Add(second.WorkingSet / Mebibyte);
            left.Add((second.InUse - first.InUse) / Mebibyte);
        }

        var more = Spread.Of(many.Zip(few, (a, b) => a - b));
        return new Section(
            "Memory of the process at its peak, in `pwsh`",
            [
                new Row($"{Few} names", Size(Spread.Of(few).Median)),
                new Row($"{Many:n0} names", Size(Spread.Of(many).Median), Spread.OfRatios(many, few), $"{Few} names"),
                new Row(
                    $"{Many:n0} names, more than for {Few}",
                    $"{Size(more.Median)} ({more.Lower:0} to {more.Upper:0})",
                    Aim: Aim.AtMost(24, more.Median, " MiB")),
                new Row(
                    $"in use at the end, more than for {Few}",
                    $"{Spread.Of(left).Median.ToString("0.0", CultureInfo.InvariantCulture)} MiB"),
            ],
            $"Memory of PowerShell at its peak: {Size(Spread.Of(few).Median)} for {Few} buckets, and "
            + $"{Size(Spread.Of(many).Median)} for {Many:n0}.");
    }

    private static string Size(double mebibytes) => $"{mebibytes.ToString("0", CultureInfo.InvariantCulture)} MiB";

    private sealed record Run(long WorkingSet, long InUse);
}
