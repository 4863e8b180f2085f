using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>Shell.psm1 starts the same PowerShell again, however this one was installed.</summary>
public sealed class ChildShellTests : IDisposable
{
    // A child reports itself. Its parent reports itself, and the arguments and the exit code of the child.
    private const string Script = """
        param($Folder)
        Import-Module (Join-Path $Folder 'Shell.psm1')
        $self = '$PSHOME; [string]$PSVersionTable.PSVersion; (Get-Process -Id $PID).Path'
        $child = @(Invoke-Shell -NoProfile -NonInteractive -Command "$self; `$PID; 'two words'; exit 7")
        ConvertTo-Json @{
            Own = @(& ([scriptblock]::Create($self)))
            Child = @($child[0..2])
            Words = $child[4]
            ExitCode = $LASTEXITCODE
            IsAnother = $child[3] -ne $PID
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    /// <summary>The ways that this machine can have.</summary>
    public static TheoryData<string> Ways =>
        OperatingSystem.IsWindows()
            ? ["compiled tool", "local tool", "global tool", "system program", "Windows PowerShell"]
            : ["compiled tool", "local tool", "global tool", "system program"];

    private static string Executable => OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_child_shell_uses_the_same_PowerShell(string way)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("OSSPAYMENT_SIZE") == "full", "It runs with OSSPAYMENT_SIZE=full.");
        ChildReport report = await RunAsync(await GetAsync(way));

        Assert.Equal(report.Own, report.Child);
        Assert.True(report.IsAnother);
        Assert.Equal("two words", report.Words);
        Assert.Equal(7, report.ExitCode);

        // A tool runs in dotnet, and a system program does not.
        string program = Path.GetFileNameWithoutExtension(report.Own[2]);
        Assert.Equal(way.EndsWith("tool", StringComparison.Ordinal), program == "dotnet");
    }

    private async Task<Shell> GetAsync(string way)
    {
        if (way == "Windows PowerShell")
        {
            return await new ShellFinder { Named = "powershell" }.FindAsync(Cancellation);
        }

        if (way == "compiled tool")
        {
            return await ToolAsync(ShellFinder.DefaultRoot);
        }

        Shell local = await LocalToolAsync();
        string home = (await RunAsync(local)).Own[0];
        return way switch
        {
            "local tool" => local,

            // As installed: a program next to the assemblies.
            "system program" => await NamedAsync(Path.Combine(home, Executable)),
            _ => await GlobalToolAsync(local.Version, home),
        };
    }

    /// <summary>Restores the tool in a folder with nothing but its manifest.</summary>
    private Task<Shell> LocalToolAsync()
    {
        const string Manifest = "dotnet-tools.json";
        File.Copy(
            Path.Combine(ShellFinder.DefaultRoot, ".config", Manifest), Path.Combine(_folder.FullName, Manifest));
        return ToolAsync(_folder.FullName);
    }

    private static Task<Shell> ToolAsync(string root) => NeededShell.RequireAsync(
        new ShellFinder { Named = null, SearchPath = "", Root = root }.FindAsync(Cancellation));

    /// <summary>Installs the restored package, so that no registry is contacted.</summary>
    private async Task<Shell> GlobalToolAsync(Version version, string home)
    {
        // The package's folder, above tools/<framework>/any/<system>.
        string package = Path.GetFullPath(Path.Combine(home, "..", "..", "..", ".."));
        ProgramRun install = await ProgramRun.RunAsync(
            "dotnet",
            [
                "tool", "install", "PowerShell", "--version", version.ToString(), "--source", package,
                "--tool-path", _folder.FullName,
            ],
            _folder.FullName,
            Cancellation);
        Assert.True(install.ExitCode == 0, install.Summary);
        return await NamedAsync(Path.Combine(_folder.FullName, Executable));
    }

    private static Task<Shell> NamedAsync(string program) => new ShellFinder { Named = program }.FindAsync(Cancellation);

    private async Task<ChildReport> RunAsync(Shell shell)
    {
        string script = Path.Combine(_folder.FullName, "Tell.ps1");
        await File.WriteAllTextAsync(script, Script, Cancellation);
        ProcessStartInfo start = shell.Start(["-NoProfile", "-NonInteractive", "-File", script, Suite.Folder]);
        start.WorkingDirectory = Suite.Folder;
        ProgramRun run = await ProgramRun.RunAsync(start, Cancellation);
        Assert.True(run.ExitCode is 0 or 7, run.Summary);
        return JsonSerializer.Deserialize<ChildReport>(run.Output)!;
    }

    // The first two hold the folder, the version and the program of a PowerShell.
    private sealed record ChildReport(string[] Own, string[] Child, string Words, int ExitCode, bool IsAnother);
}
