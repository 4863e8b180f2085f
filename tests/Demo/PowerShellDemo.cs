using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Demo;

/// <summary>The main job with the real cmdlets, in a real PowerShell.</summary>
internal static class PowerShellDemo
{
    private static readonly string Root = Path.GetFullPath(
        typeof(PowerShellDemo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Root").Value!);

    /// <returns>PowerShell's exit code; null where there is no PowerShell.</returns>
    internal static async Task<int?> TryRunAsync(CancellationToken cancellation)
    {
        string[] onPath = ["pwsh"];
        string[] asTool = ["dotnet", "tool", "run", "pwsh", "--"];
        string[] script = ["-NoProfile", "-NonInteractive", "-File", Path.Combine(Root, "tests", "Demo", "Demo.ps1")];
        foreach (string[] shell in new[] { onPath, asTool })
        {
            if (await RunAsync([.. shell, "-NoProfile", "-Command", "exit 0"], isQuiet: true, cancellation) == 0)
            {
                return await RunAsync([.. shell, .. script], isQuiet: false, cancellation);
            }
        }

        return null;
    }

    /// <returns>The exit code; null where there is no such program.</returns>
    private static async Task<int?> RunAsync(string[] commandLine, bool isQuiet, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine[1..])
        {
            WorkingDirectory = Root,
            RedirectStandardError = isQuiet,
            RedirectStandardOutput = isQuiet,
        };
        try
        {
            using Process process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
