using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;

namespace OssPayment.Cmdlets.Tests;

/// <summary>Runs one Pester file in a PowerShell of its own.</summary>
internal sealed class PesterFile
{
    private readonly Shell _shell;
    private readonly string _name;

    /// <param name="shell">The PowerShell.</param>
    /// <param name="name">The file's name in <see cref="Folder"/>.</param>
    internal PesterFile(Shell shell, string name)
    {
        _shell = shell;
        _name = name;
    }

    internal string Folder { get; init; } = Suite.Folder;

    /// <summary>Pester's own filter of the full names of tests, with wildcards.</summary>
    internal string? Filter { get; init; }

    /// <summary>Ends a run that hangs; the longest file takes a small part of it.</summary>
    internal TimeSpan LongestRun { get; init; } = TimeSpan.FromMinutes(10);

    internal async Task<PesterRun> RunAsync(CancellationToken cancellation)
    {
        string results = Path.GetTempFileName();
        long start = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestRun);
        try
        {
            ProgramRun run = await ProgramRun.RunAsync(Start(results), limit.Token);
            string output = run.Output + run.Errors;
            return new FileInfo(results).Length > 0
                ? Read(await File.ReadAllTextAsync(results, cancellation), output, Stopwatch.GetElapsedTime(start))
                : PesterRun.Failed($"PowerShell ended with the exit code {run.ExitCode}, and left no results.\n{output}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return PesterRun.Failed($"It had not ended after {LongestRun.TotalMinutes} minutes.");
        }
        finally
        {
            File.Delete(results);
        }
    }

    private ProcessStartInfo Start(string results)
    {
        List<string> arguments =
        [
            "-NoProfile", "-NonInteractive", "-File", Path.Combine(Suite.Folder, "Invoke-PesterFile.ps1"),
            Path.Combine(Folder, _name), Suite.Pester, results,
        ];
        if (Filter is { Length: > 0 })
        {
            arguments.Add(Filter);
        }

        ProcessStartInfo start = _shell.Start(arguments);
        start.WorkingDirectory = Suite.Folder;
        start.Environment["OSSPAYMENT_CONFIGURATION"] = Suite.Configuration;
        start.Environment["OSSPAYMENT_YAMLDOTNET"] = Suite.YamlDotNet;
        start.Environment["NO_COLOR"] = "1";

        // Most processes, with the emulators and the child shells, end before it pays to compile what is called often a
        // second time. That begins once nothing new was compiled for two seconds, in hexadecimal milliseconds.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "7D0";

        // Profiling never pays here.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    private PesterRun Read(string json, string output, TimeSpan duration)
    {
        PesterRun run = JsonSerializer.Deserialize<PesterRun>(json)! with { Output = output.Trim(), Duration = duration };
        return run.Tests.Count > 0 || Filter is { Length: > 0 }
            ? run
            : PesterRun.Failed("It has no test.");
    }
}
