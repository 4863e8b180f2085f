using System;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.PowerShell;

/// <summary>
/// Finds the PowerShell to use: what OSSPAYMENT_PWSH names; else <c>pwsh</c> on PATH, if it is not too old; else the .NET tool
/// that the tool manifest names: compiled, if the build did that, or restored here.
/// </summary>
internal sealed class ShellFinder
{
    internal const string Variable = "OSSPAYMENT_PWSH";

    /// <summary>The oldest version on PATH that is used: older ones are out of support.</summary>
    private static readonly Version OldestOnPath = new(7, 4);

    /// <summary>The folder with the tool manifest: the root of the sources, as the build noted it.</summary>
    internal static string DefaultRoot { get; } = Path.GetFullPath(
        typeof(ShellFinder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Root").Value!);

    internal string Root { get; init; } = DefaultRoot;

    internal string? Named { get; init; } = Environment.GetEnvironmentVariable(Variable);

    internal string? SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH");

    /// <exception cref="ShellNotFoundException">There is no PowerShell.</exception>
    internal async Task<Shell> FindAsync(CancellationToken cancellation)
    {
        if (Named is { Length: > 0 })
        {
            return await TryAsync([Named], $"named by {Variable}", cancellation)
                ?? throw new ShellNotFoundException($"{Variable} names '{Named}', which does not start a PowerShell.");
        }

        string? onPath = FindOnPath();
        Shell? found = onPath is null ? null : await TryAsync([onPath], $"on PATH ({onPath})", cancellation);
        return found?.Version >= OldestOnPath
            ? found
            : await TryCompiledAsync(cancellation) ?? await RestoreAsync(found, cancellation);
    }

    private async Task<Shell?> TryCompiledAsync(CancellationToken cancellation)
    {
        string compiled = Path.Combine(Root, "tests", "CompiledPowerShell", "bin", "pwsh", "pwsh.dll");
        return File.Exists(compiled)
            ? await TryAsync(["dotnet", compiled], "a .NET tool, compiled by the build", cancellation)
            : null;
    }

    private async Task<Shell> RestoreAsync(Shell? tooOld, CancellationToken cancellation)
    {
        ProgramRun restore = await ProgramRun.RunAsync("dotnet", ["tool", "restore"], Root, cancellation);
        Shell? restored = restore.ExitCode == 0 ? await TryRestoredAsync(cancellation) : null;
        return restored ?? throw new ShellNotFoundException(
            (tooOld is null
                ? "PowerShell was not found on PATH"
                : $"PowerShell on PATH has the version {tooOld.Version}, and {OldestOnPath} or later is needed")
            + $", and 'dotnet tool restore' could not get it: {restore.Summary} "
            + $"Install it (https://aka.ms/powershell), or name its program in {Variable}.");
    }

    private string? FindOnPath()
    {
        string program = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (SearchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Finds the assembly of the tool: it starts without the two processes of <c>dotnet tool run</c>.</summary>
    private async Task<Shell?> TryRestoredAsync(CancellationToken cancellation)
    {
        ProgramRun run = await RunAsync(
            ["dotnet", "tool", "run", "pwsh", "--"], "Join-Path $PSHOME pwsh.dll", cancellation);
        return run.ExitCode == 0
            ? await TryAsync(["dotnet", run.Output.Trim()], "restored as a .NET tool", cancellation)
            : null;
    }

    private Task<ProgramRun> RunAsync(string[] commandLine, string script, CancellationToken cancellation) =>
        ProgramRun.RunAsync(
            commandLine[0],
            [.. commandLine[1..], "-NoProfile", "-NonInteractive", "-Command", script],
            Root,
            cancellation);

    /// <returns>null where this starts no PowerShell.</returns>
    private async Task<Shell?> TryAsync(string[] commandLine, string origin, CancellationToken cancellation)
    {
        try
        {
            ProgramRun run = await RunAsync(commandLine, "$PSVersionTable.PSVersion.ToString()", cancellation);

            // A preview's version has more behind a hyphen.
            return run.ExitCode == 0 && Version.TryParse(run.Output.Trim().Split('-')[0], out Version? version)
                ? new Shell(commandLine, version, origin)
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
