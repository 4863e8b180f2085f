using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>
/// The Pester suite: each file runs in a PowerShell of its own against an emulator of its own, and each of its tests is a test
/// here. To run some alone, both with wildcards:
/// <c>dotnet test tests/Cmdlets --filter PesterSuite -e OSSPAYMENT_PESTER_FILE="Faults*" -e OSSPAYMENT_PESTER_TEST="*back-off*"</c>.
/// </summary>
public sealed class PesterSuite
{
    private readonly ITestOutputHelper _output;

    public PesterSuite(ITestOutputHelper output)
    {
        _output = output;
    }

    /// <summary>Runs the files, one after the other, and yields a row for each test.</summary>
    public static async IAsyncEnumerable<TheoryDataRow<string?, string>> RunAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string? fileFilter = Environment.GetEnvironmentVariable("OSSPAYMENT_PESTER_FILE");
        string? testFilter = Environment.GetEnvironmentVariable("OSSPAYMENT_PESTER_TEST");
        (Shell? shell, string whyNone) = await FindShellAsync(cancellation);
        if (shell is null)
        {
            Say($"The Pester files are not run. {whyNone}");
        }

        foreach (string name in FileNames(fileFilter))
        {
            if (shell is null)
            {
                yield return PesterRow.WithoutShell(name, whyNone, Environment.GetEnvironmentVariable("CI"));
                continue;
            }

            PesterRun run = await new PesterFile(shell, name) { Filter = testFilter }.RunAsync(cancellation);
            string counts = $"{name}: {run.Counts} in {shell.Description}, Pester {run.Version}";
            Say(counts);
            foreach (PesterTest test in run.Tests.Where(test => test.SkipReason is not null))
            {
                Say($"{name}: {test.Name}: skipped, because {test.SkipReason}");
            }

            foreach (TheoryDataRow<string?, string> row in PesterRow.All(name, run, $"{counts}\n{run.Output}"))
            {
                yield return row;
            }
        }
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(RunAsync))]
    public void Pester_test_passes(string? failure, string output)
    {
        if (output.Length > 0)
        {
            _output.WriteLine(output);
        }

        Assert.True(failure is null, failure);
    }

    internal static IEnumerable<string> FileNames(string? filter) =>
        Directory.EnumerateFiles(Suite.Folder, "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Suite.Folder, path).Replace('\\', '/'))
            .Where(name => filter is not { Length: > 0 }
                || FileSystemName.MatchesSimpleExpression(filter, Path.GetFileName(name)))
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// Shows a line at once: the rows come at the end of the run alone, and the console shows no reasons of skipped tests.
    /// </summary>
    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage("{0}", line);

    private static async Task<(Shell? Shell, string WhyNone)> FindShellAsync(CancellationToken cancellation)
    {
        try
        {
            return (await new ShellFinder().FindAsync(cancellation), "");
        }
        catch (ShellNotFoundException e)
        {
            return (null, e.Message);
        }
    }
}
