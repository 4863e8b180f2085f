using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>
/// The Pester suite: each file runs in a PowerShell of its own against an emulator of its own, and each of its tests is a
/// test here. To run some of them, both with wildcards:
/// <c>dotnet test tests/Cmdlets --filter PesterSuite -e OSSPAYMENT_PESTER_FILE="Faults*" -e OSSPAYMENT_PESTER_TEST="*back-off*"</c>.
/// </summary>
/// <remarks>It runs after the other tests of this project, because some files measure.</remarks>
[Collection(nameof(PesterSuite))]
[CollectionDefinition(nameof(PesterSuite), DisableParallelization = true)]
public sealed class PesterSuite
{
    private readonly ITestOutputHelper _output;

    public PesterSuite(ITestOutputHelper output)
    {
        _output = output;
    }

    /// <summary>Runs the files, as many at once as there are cores, and then those that no other may disturb.</summary>
    /// <returns>A row for each test, the rows of a file together.</returns>
    public static async IAsyncEnumerable<TheoryDataRow<string?, string>> RunAsync()
    {
        string? filter = PesterFiles.Filter;
        (Shell? shell, string reason) = await FindShellAsync();
        if (shell is null)
        {
            Say($"The Pester files were not run. {reason}");
            foreach (string name in PesterFiles.SideBySide(filter).Concat(PesterFiles.OneByOne(filter)))
            {
                yield return PesterRow.WithoutShell(name, reason, Environment.GetEnvironmentVariable("CI"));
            }

            yield break;
        }

        if (PesterFiles.LeftOut(filter) is > 0 and int leftOut)
        {
            Say($"{leftOut} Pester files run only with OSSPAYMENT_SIZE=full, as in .ci/run.");
        }

        string? testFilter = Environment.GetEnvironmentVariable("OSSPAYMENT_PESTER_TEST");
        Task<PesterRun> RunFileAsync(string name) =>
            new PesterFile(shell, name) { Filter = testFilter }.RunAsync(TestContext.Current.CancellationToken);
        IAsyncEnumerable<(string Name, PesterRun Run)> runs =
            PesterFiles.RunAsync(PesterFiles.SideBySide(filter), Environment.ProcessorCount, RunFileAsync)
                .Concat(PesterFiles.RunAsync(PesterFiles.OneByOne(filter), sideBySide: 1, RunFileAsync));
        await foreach ((string name, PesterRun run) in runs)
        {
            string counts = $"{name}: {run.Counts} in {run.Duration.TotalSeconds:0} s, {shell.Description}, "
                + $"Pester {run.Version}";
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

    /// <summary>Shows a line at once: the rows appear only at the end of the run, without the reasons of skips.</summary>
    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage("{0}", line);

    private static async Task<(Shell? Shell, string Reason)> FindShellAsync()
    {
        try
        {
            return (await Suite.FindShellAsync(), "");
        }
        catch (ShellNotFoundException e)
        {
            return (null, e.Message);
        }
    }
}
