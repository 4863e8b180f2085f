using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace OssPayment.Benchmarks;

/// <summary>Parts of the module by themselves, with BenchmarkDotNet.</summary>
internal static class MicroBenchmarks
{
    private static readonly Job Measured = Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithIterationTime(TimeInterval.FromMilliseconds(150))
        .WithWarmupCount(4)
        .WithIterationCount(15);

    /// <summary>Runs them as BenchmarkDotNet does, with its arguments and its own report.</summary>
    internal static void Run(string[] options)
    {
        // In this process: a project that is generated and built on the way would need the packages' source once more.
        IConfig config = DefaultConfig.Instance.AddJob(Measured);
        BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly);
        _ = options.Length == 0 ? switcher.RunAll(config) : switcher.Run(options, config);
    }

    internal static Section Measure()
    {
        Row[] signing = Rows<SigningBenchmarks>("signing", "the two hashes that it needs", signing: true);
        Row[] building = Rows<RequestBenchmarks>("building a request", "only its URL");
        Row[] reading = Rows<ReadingBenchmarks>("parsing a response", "only `XmlReader`");
        return new Section("The parts, without PowerShell", [.. signing, .. building, .. reading]);
    }

    private static Row[] Rows<TBenchmarks>(string name, string baseline, bool signing = false)
    {
        IConfig quiet = ManualConfig.CreateEmpty()
            .AddJob(Measured)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile);
        Summary summary = BenchmarkRunner.Run<TBenchmarks>(quiet);
        return
        [
            .. summary.Reports
                .Where(report => !summary.IsBaseline(report.BenchmarkCase))
                .SelectMany(report => Rows(report, BaselineOf(summary, report), name, baseline, signing)),
        ];
    }

    private static IEnumerable<Row> Rows(
        BenchmarkReport report, BenchmarkReport toReport, string name, string baseline, bool signing)
    {
        Statistics time = report.ResultStatistics!;
        Spread ratio = new Spread(time.Median, time.Q1, time.Q3).DividedBy(toReport.ResultStatistics!.Median);
        long bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        string what = string.Join(
            ", ", new[] { name, Detail(report) }.Where(text => text.Length > 0));
        bool hasAim = signing && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(SigningBenchmarks.Sign);
        yield return new Row(
            what,
            $"{(time.Median / 1000).ToString("0.00", CultureInfo.InvariantCulture)} µs",
            ratio,
            baseline,
            hasAim ? Aim.AtMost(1.7, ratio.Median) : null);
        yield return new Row(
            $"{what}: allocated", $"{bytes:n0} bytes", Aim: hasAim ? new Aim("< 1 KiB", bytes < 1024) : null);
    }

    private static BenchmarkReport BaselineOf(Summary summary, BenchmarkReport report) => summary.Reports.Single(other =>
        summary.IsBaseline(other.BenchmarkCase)
        && other.BenchmarkCase.Parameters.ValueInfo == report.BenchmarkCase.Parameters.ValueInfo);

    private static string Detail(BenchmarkReport report)
    {
        string parameters = string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(item => $"{item.Value}"));
        return report.BenchmarkCase.Descriptor.WorkloadMethod.Name switch
        {
            nameof(SigningBenchmarks.SignForAnotherRegion) => $"{parameters}, five regions in turn",
            nameof(SigningBenchmarks.SignWithNewKey) => $"{parameters}, with a new key",
            nameof(SigningBenchmarks.Sign) => $"{parameters} credentials",
            _ => parameters,
        };
    }
}
