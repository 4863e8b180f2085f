using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The PowerShell that the suite runs in: <c>pwsh</c>, or what OSSPAYMENT_PWSH names.</summary>
internal sealed class PowerShellHost
{
    /// <summary>Ends a run that hangs; the longest file takes a small part of it.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(20);

    private static readonly SemaphoreSlim Once = new(1);
    private static PowerShellHost? _found;

    private readonly string _executable;

    private PowerShellHost(string executable, string? whyNot)
    {
        _executable = executable;
        WhyNot = whyNot;
    }

    /// <summary>Why the suite cannot run; null when it can.</summary>
    internal string? WhyNot { get; }

    internal static async Task<PowerShellHost> FindAsync(CancellationToken cancellation)
    {
        await Once.WaitAsync(cancellation);
        try
        {
            return _found ??= await ProbeAsync(cancellation);
        }
        finally
        {
            Once.Release();
        }
    }

    internal Task<PesterRun> RunPesterAsync(string file, CancellationToken cancellation) =>
        RunAsync(_executable, ["-File", "Invoke-PesterFile.ps1", file], cancellation);

    private static async Task<PowerShellHost> ProbeAsync(CancellationToken cancellation)
    {
        string executable = Environment.GetEnvironmentVariable("OSSPAYMENT_PWSH") is { Length: > 0 } named ? named : "pwsh";
        try
        {
            PesterRun probe = await RunAsync(
                executable,
                ["-Command", "exit [int]!(Get-Module Pester -ListAvailable | Where-Object Version -ge '5.5')"],
                cancellation);
            return new(executable, probe.ExitCode == 0 ? null : "Pester 5.5 or later is not installed: Install-Module Pester");
        }
        catch (Win32Exception)
        {
            return new(executable, $"PowerShell ('{executable}') was not found: see https://aka.ms/powershell");
        }
    }

    private static async Task<PesterRun> RunAsync(
        string executable, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(executable, ["-NoProfile", "-NonInteractive", .. arguments])
        {
            WorkingDirectory = SuiteFolder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OSSPAYMENT_CONFIGURATION"] = SuiteFolder.Configuration;
        start.Environment["NO_COLOR"] = "1";

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestRun);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new PesterRun(process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
