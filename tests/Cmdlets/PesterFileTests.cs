using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>What becomes of a Pester test here: by its own name, and nothing that fails is lost.</summary>
public sealed class PesterFileTests : IDisposable
{
    private static readonly Lazy<Task<Shell>> Found = new(() => NeededShell.FindAsync(new ShellFinder()));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_test_has_its_own_row_with_its_own_outcome()
    {
        PesterRun run = await RunAsync("""
            Describe 'A block' {
                AfterAll { Write-Host 'Counted: 3' }
                It 'passes with <_>' -ForEach 1, 2 { $_ | Should -Not -Be 3 }
                It 'fails' { 1 | Should -Be 2 -Because 'it is so' }
                It 'has a reason' { Set-ItResult -Skipped -Because 'there is no moon' }
                It 'has no reason' -Skip { }
                It 'cannot tell' { Set-ItResult -Inconclusive -Because 'it is dark' }
            }
            """);

        TheoryDataRow<string?, string>[] rows = [.. PesterRow.All("A.Tests.ps1", run, run.Output)];

        Assert.Equal(
            [
                "A.Tests.ps1: A block.passes with 1", "A.Tests.ps1: A block.passes with 2", "A.Tests.ps1: A block.fails",
                "A.Tests.ps1: A block.has a reason", "A.Tests.ps1: A block.has no reason", "A.Tests.ps1: A block.cannot tell",
            ],
            rows.Select(row => row.TestDisplayName));
        Assert.Equal([null, null, null, "there is no moon", null, null], rows.Select(row => row.Skip));
        string?[] failures = [.. rows.Select(row => row.Data.Item1)];
        Assert.Null(failures[0]);
        Assert.Null(failures[1]);
        Assert.Contains("because it is so", failures[2], StringComparison.Ordinal);
        Assert.Contains("A.Tests.ps1:4", failures[2], StringComparison.Ordinal);
        Assert.Null(failures[3]);
        Assert.Contains("says no reason", failures[4], StringComparison.Ordinal);
        Assert.StartsWith("Inconclusive", failures[5], StringComparison.Ordinal);
        Assert.Equal(["Counted: 3", "", "", "", "", ""], rows.Select(row => row.Data.Item2));
        Assert.Equal("2 passed, 3 failed, 1 skipped", run.Counts);
    }

    [Theory]
    [InlineData("Describe 'd' { BeforeAll { throw 'reason' }; It 'i' { } }", "d (BeforeAll or AfterAll)")]
    [InlineData("Describe 'd' { AfterAll { throw 'reason' }; It 'i' { } }", "d (BeforeAll or AfterAll)")]
    [InlineData("BeforeAll { throw 'reason' }; Describe 'd' { It 'i' { } }", "(the file itself)")]
    [InlineData("AfterAll { throw 'reason' }; Describe 'd' { It 'i' { } }", "(the file itself)")]
    [InlineData("BeforeDiscovery { throw 'reason' }; Describe 'd' { It 'i' { } }", "(the file itself)")]
    [InlineData("Describe 'd' { throw 'reason'; It 'i' { } }", "(the file itself)")]
    [InlineData("Describe 'reason' {", "(the file itself)")]
    public async Task What_fails_outside_a_test_is_a_failure_of_its_own(string text, string name)
    {
        PesterRun run = await RunAsync(text);

        PesterTest failed = Assert.Single(run.Tests, test => test.Name == name);
        Assert.Contains("reason", failed.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_was_not_reached_fails()
    {
        PesterRun run = await RunAsync("Describe 'd' { BeforeAll { throw 'reason' }; It 'i' { } }");

        PesterTest test = Assert.Single(run.Tests, test => test.Name == "d.i");
        Assert.Equal("Failed: It was not run, because something before it failed.", test.Failure);
    }

    [Theory]
    [InlineData("# Nothing is tested here.", "It has no test.")]
    [InlineData("Describe 'd' { It 'i' { [Environment]::Exit(3) } }", "exit code 3")]
    public async Task A_file_without_results_fails(string text, string reason)
    {
        PesterRun run = await RunAsync(text);

        Assert.Contains(reason, Assert.Single(run.Tests).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_hangs_is_ended_and_fails()
    {
        PesterRun run = await RunAsync(
            "Describe 'd' { It 'i' { Start-Sleep 600 } }", longestRun: TimeSpan.FromSeconds(1));

        Assert.Contains("had not ended", Assert.Single(run.Tests).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_test_can_be_run_alone()
    {
        PesterRun run = await RunAsync("Describe 'd' { It 'one' { }; It 'two' { throw } }", filter: "*one");

        Assert.Equal(new PesterTest("d.one", "Passed", ""), Assert.Single(run.Tests));
    }

    [Fact]
    public void One_file_can_be_run_alone()
    {
        Assert.Equal(["Behaviour/Soak.Tests.ps1"], PesterSuite.FileNames("Soak*"));
        Assert.Equal(["Remove-OssRequesterQoSInfo.Tests.ps1"], PesterSuite.FileNames("Remove-*"));
        Assert.True(PesterSuite.FileNames(filter: null).Count() > 10);
    }

    private async Task<PesterRun> RunAsync(string text, string? filter = null, TimeSpan? longestRun = null)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "A.Tests.ps1"), text, Cancellation);
        var file = new PesterFile(await Found.Value, "A.Tests.ps1")
        {
            Folder = _folder.FullName,
            Filter = filter,
            LongestRun = longestRun ?? TimeSpan.FromMinutes(5),
        };
        return await file.RunAsync(Cancellation);
    }
}
