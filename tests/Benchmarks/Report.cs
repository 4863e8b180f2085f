using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Environments;

namespace OssPayment.Benchmarks;

/// <summary>All benchmarks in one run, as the table and the picture of docs/performance.md.</summary>
internal static class Report
{
    private const string Begin = "<!-- written by tests/Benchmarks: begin -->";
    private const string End = "<!-- written by tests/Benchmarks: end -->";

    private static readonly (string Name, Func<MeasuredShell, Task<Section>> Measure)[] All =
    [
        ("parts", _ => Task.FromResult(MicroBenchmarks.Measure())),
        ("client", _ => ClientBenchmark.MeasureAsync()),
        ("startup", StartUpBenchmark.MeasureAsync),
        ("pipeline", PipelineBenchmark.MeasureAsync),
        ("memory", MemoryBenchmark.MeasureAsync),
        ("hosts", OnLinux("Buckets, each with its own host", HostsBenchmark.MeasureAsync)),
        ("latency", OnLinux("Many buckets with network latency", LatencyBenchmark.MeasureAsync)),
    ];

    internal static Func<MeasuredShell, Task<Section>>? Find(string name) =>
        All.FirstOrDefault(benchmark => benchmark.Name == name).Measure;

    internal static async Task WriteAsync()
    {
        MeasuredShell shell = await MeasuredShell.FindAsync();
        var sections = new List<Section>();
        foreach ((string name, Func<MeasuredShell, Task<Section>> measure) in All)
        {
            Console.WriteLine($"{DateTime.Now:T} {name}");
            sections.Add(await measure(shell));
        }

        string machine = Machine(shell);
        string table = string.Join(
            "\n\n",
            [
                $"{machine}. The command: `dotnet run -c Release --project tests/Benchmarks`.",
                $"{Section.Header}\n{string.Join('\n', sections.Select(section => section.ToMarkdown()))}",
                .. sections.Select(section => section.Text).Where(text => text.Length > 0),
            ]);
        Console.WriteLine(table);
        string folder = Path.Combine(BuiltFrom.Root, "docs");
        string page = Path.Combine(folder, "performance.md");
        await File.WriteAllTextAsync(page, Replace(await File.ReadAllTextAsync(page), table));
        Row[] bars = [.. sections.SelectMany(section => section.Rows).Where(row => row is { Bar: not null, Ratio: not null })];
        await File.WriteAllTextAsync(Path.Combine(folder, "performance.svg"), BarChart.Draw(bars, machine));
        Console.WriteLine("Written: docs/performance.md, docs/performance.svg");
    }

    private static Func<MeasuredShell, Task<Section>> OnLinux(string title, Func<MeasuredShell, Task<Section>> measure) =>
        OperatingSystem.IsLinux()
            ? measure
            : _ => Task.FromResult(
                new Section(title, [new Row("not measured", "the certificate of the mock server is trusted only on Linux")]));

    private static string Replace(string page, string table)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        return $"{page[..begin]}\n\n{table}\n\n{page[end..]}";
    }

    private static string Machine(MeasuredShell shell)
    {
        // The first line has the BenchmarkDotNet version and the system, the second the processor.
        string[] host = [.. HostEnvironmentInfo.GetCurrent().ToFormattedString().Take(2)];
        string system = host[0][(host[0].IndexOf(',') + 1)..].Trim();
        string date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{date}, {host[1].Trim()}, {system}, .NET {Environment.Version}, PowerShell {shell.Version}";
    }
}
