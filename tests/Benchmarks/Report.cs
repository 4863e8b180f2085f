using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Environments;

namespace OssPayment.Benchmarks;

/// <summary>All benchmarks in one run, as the tables and the picture of docs/performance.md.</summary>
internal static class Report
{
    private const string PictureTitle = "Seconds for 1,000 buckets, each with its own host over TLS, 16 at a time";

    /// <summary>What users ask comes first.</summary>
    private static readonly (string Name, Func<MeasuredShell, Task<Section>> Measure)[] All =
    [
        ("account", OnLinux("1,000 buckets, each with its own host", AccountBenchmark.MeasureAsync)),
        ("startup", StartUpBenchmark.MeasureAsync),
        ("memory", MemoryBenchmark.MeasureAsync),
        ("hosts", OnLinux("Buckets, each with its own host", HostsBenchmark.MeasureAsync)),
        ("pipeline", PipelineBenchmark.MeasureAsync),
        ("client", _ => ClientBenchmark.MeasureAsync()),
        ("parts", _ => Task.FromResult(MicroBenchmarks.Measure())),
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
        string forUsers = string.Join("\n\n", sections.Select(section => section.Text).Where(text => text.Length > 0));
        string all = $"{machine}. The command: `dotnet run -c Release --project tests/Benchmarks`.\n\n"
            + $"{Section.Header}\n{string.Join('\n', sections.Select(section => section.ToMarkdown()))}";
        Console.WriteLine($"{forUsers}\n\n{all}");
        string folder = Path.Combine(BuiltFrom.Root, "docs");
        string page = Path.Combine(folder, "performance.md");
        string text = await File.ReadAllTextAsync(page);
        await File.WriteAllTextAsync(page, Replace(Replace(text, "for users", forUsers), "all", all));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "performance.svg"),
            BarChart.Draw(PictureTitle, [.. sections.SelectMany(section => section.Bars ?? [])], machine));
        Console.WriteLine("Written: docs/performance.md, docs/performance.svg");
        await LastRun.CompareAndWriteAsync(Path.Combine(folder, "performance.json"), sections);
    }

    private static Func<MeasuredShell, Task<Section>> OnLinux(string title, Func<MeasuredShell, Task<Section>> measure) =>
        OperatingSystem.IsLinux()
            ? measure
            : _ => Task.FromResult(
                new Section(title, [new Row("not measured", "the certificate of the mock server is trusted only on Linux")]));

    /// <summary>Replaces what an earlier run wrote between two marks.</summary>
    private static string Replace(string page, string part, string text)
    {
        string mark = $"<!-- written by tests/Benchmarks, {part}: begin -->";
        int begin = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        int end = page.IndexOf($"<!-- written by tests/Benchmarks, {part}: end -->", StringComparison.Ordinal);
        return $"{page[..begin]}\n\n{text}\n\n{page[end..]}";
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
