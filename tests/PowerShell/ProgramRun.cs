using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.PowerShell;

/// <summary>A program that has ended, and what it wrote.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>All that was written, in one line.</summary>
    internal string Summary => string.Join(
        ' ', (Errors + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    internal static Task<ProgramRun> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellation) =>
        RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder }, cancellation);

    /// <summary>Runs to the end; where it is cancelled, the program ends with all that it has started.</summary>
    internal static async Task<ProgramRun> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ProgramRun(process.ExitCode, await output, await errors);
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
