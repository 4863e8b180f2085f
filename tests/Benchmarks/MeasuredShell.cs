using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;

namespace OssPayment.Benchmarks;

/// <summary>Runs the PowerShell part of a benchmark in a separate process, against a substitute for OSS.</summary>
internal sealed class MeasuredShell
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(12);

    /// <summary>The server is on this machine, and .NET uses a proxy for loopback addresses too.</summary>
    private static readonly string[] NotInherited =
        ["OSS_SESSION_TOKEN", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    private readonly Shell _shell;

    private MeasuredShell(Shell shell)
    {
        _shell = shell;
    }

    internal static string Manifest { get; } = Path.GetFullPath(Path.Combine(BuiltFrom.Root, "OssPayment.psd1"));

    /// <summary>The module with the least cmdlet.</summary>
    internal static string LeastModule { get; } = Path.Combine(
        BuiltFrom.Root, "tests", "Benchmarks", "LeastCmdlet", "bin", BuiltFrom.Configuration, "netstandard2.0",
        "OssPayment.LeastCmdlet.dll");

    internal Version Version => _shell.Version;

    internal static async Task<MeasuredShell> FindAsync() =>
        new(await new ShellFinder().FindAsync(CancellationToken.None));

    /// <summary>Runs a script, and reads the last line that it writes.</summary>
    internal async Task<T> RunAsync<T>(
        string script, string endpoint, string[] arguments, params (string Name, string Value)[] environment)
    {
        string path = Path.Combine(AppContext.BaseDirectory, script);
        string output = await RunAsync(
            ["-NoProfile", "-NonInteractive", "-File", path, "-Manifest", Manifest, .. arguments], endpoint, environment);
        return JsonSerializer.Deserialize<T>(output.Trim().Split('\n')[^1])!;
    }

    /// <returns>How long the process ran, in milliseconds.</returns>
    internal async Task<double> TimeAsync(string command, string endpoint)
    {
        var watch = Stopwatch.StartNew();
        await RunAsync(["-NoProfile", "-NonInteractive", "-Command", command], endpoint, []);
        return watch.Elapsed.TotalMilliseconds;
    }

    private async Task<string> RunAsync(
        IEnumerable<string> arguments, string endpoint, (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = _shell.Start(arguments);
        foreach (string name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        start.WorkingDirectory = BuiltFrom.Root;
        start.Environment["OSS_ENDPOINT"] = endpoint;
        start.Environment["OSS_REGION"] = Fleet.Region;
        start.Environment["OSS_ACCESS_KEY_ID"] = Fleet.Credentials.AccessKeyId;
        start.Environment["OSS_ACCESS_KEY_SECRET"] = Fleet.Credentials.AccessKeySecret;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using var limit = new CancellationTokenSource(LongestRun);
        ProgramRun run = await ProgramRun.RunAsync(start, limit.Token);
        return run.ExitCode == 0
            ? run.Output
            : throw new InvalidOperationException($"PowerShell ended with {run.ExitCode}: {run.Summary}");
    }
}
