using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>Each Pester test is reported under its own name, and no failure is lost.</summary>
public sealed partial class PesterFileTests : IDisposable
{
    /// <summary>Files that fail outside a test, each with its number in the reason: one run for all of them.</summary>
    private static readonly Lazy<Task<PesterRun>> FailingOutside = new(() => RunAllAsync(
        "Describe 'd' { BeforeAll { throw 'reason 0' }; It 'not reached' { } }",
        "Describe 'd' { AfterAll { throw 'reason 1' }; It 'i' { } }",
        "BeforeAll { throw 'reason 2' }; Describe 'd' { It 'i' { } }",
        "AfterAll { throw 'reason 3' }; Describe 'd' { It 'i' { } }",
        "BeforeDiscovery { throw 'reason 4' }; Describe 'd' { It 'i' { } }",
        "Describe 'd' { throw 'reason 5'; It 'i' { } }",
        "Describe 'reason 6' {"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_test_has_its_own_row_and_outcome()
    {
        PesterRun run = await RunAsync("""
            Describe 'A block' {
                AfterAll { Write-Host 'Counted: 3' }
                It 'passes with <_>' -ForEach 1, 2 { $_ | Should -Not -Be 3 }
                It 'fails' { 1 | Should -Be 2 -Because 'it is so' }
                It 'has a reason' { Set-ItResult -Skipped -Because 'there is no moon' }
                It 'has no reason' -Skip { }
                It 'cannot tell' { Set-ItResult -Inconclusive -Because 'it is dark' }
                It 'takes long' { Start-Sleep -Milliseconds 1100 }
            }
            """);

        TheoryDataRow<string?, string>[] rows = [.. PesterRow.All("A.Tests.ps1", run, run.Output)];

        Assert.Equal(
            [
                "A.Tests.ps1: A block.passes with 1", "A.Tests.ps1: A block.passes with 2", "A.Tests.ps1: A block.fails",
                "A.Tests.ps1: A block.has a reason", "A.Tests.ps1: A block.has no reason", "A.Tests.ps1: A block.cannot tell",
                "A.Tests.ps1: A block.takes long",
            ],
            rows.Select(row => row.TestDisplayName));
        Assert.Equal([null, null, null, "there is no moon", null, null, null], rows.Select(row => row.Skip));
        string?[] failures = [.. rows.Select(row => row.Data.Item1)];
        Assert.Null(failures[0]);
        Assert.Null(failures[1]);
        Assert.Contains("because it is so", failures[2], StringComparison.Ordinal);
        Assert.Contains("A.Tests.ps1:4", failures[2], StringComparison.Ordinal);
        Assert.Null(failures[3]);
        Assert.Contains("says no reason", failures[4], StringComparison.Ordinal);
        Assert.StartsWith("Inconclusive", failures[5], StringComparison.Ordinal);
        string[] outputs = [.. rows.Select(row => row.Data.Item2)];
        Assert.Matches(@"\ATook [1-9][0-9]*\.[0-9] s\.\n\z", outputs[6]);

        // On a slow machine, the other tests may take long too.
        Assert.Equal(["Counted: 3", "", "", "", "", ""], outputs[..6].Select(output => LongTime().Replace(output, "")));
        Assert.Equal("3 passed, 3 failed, 1 skipped", run.Counts);
    }

    [Theory]
    [InlineData(0, "d (BeforeAll or AfterAll)")]
    [InlineData(1, "d (BeforeAll or AfterAll)")]
    [InlineData(2, "(the file itself)")]
    [InlineData(3, "(the file itself)")]
    [InlineData(4, "(the file itself)")]
    [InlineData(5, "(the file itself)")]
    [InlineData(6, "(the file itself)")]
    public async Task A_failure_outside_a_test_is_reported(int file, string name)
    {
        PesterRun run = await FailingOutside.Value;

        PesterTest failed = Assert.Single(
            run.Tests, test => test.Failure?.Contains($"reason {file}", StringComparison.Ordinal) == true);
        Assert.Equal(name, failed.Name);
    }

    [Fact]
    public async Task A_test_that_did_not_run_fails()
    {
        PesterRun run = await FailingOutside.Value;

        PesterTest test = Assert.Single(run.Tests, test => test.Name == "d.not reached");
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
    public async Task A_file_that_hangs_is_stopped_and_fails()
    {
        PesterRun run = await RunAsync(
            "Describe 'd' { It 'i' { Start-Sleep 600 } }", longestRun: TimeSpan.FromSeconds(1));

        Assert.Contains("had not ended", Assert.Single(run.Tests).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_selects_one_test()
    {
        PesterRun run = await RunAsync("Describe 'd' { It 'one' { }; It 'two' { throw } }", filter: "*one");

        Assert.Equal("d.one", Assert.Single(run.Tests).Name);
    }

    private static Task<Shell> FindShellAsync() => NeededShell.RequireAsync(Suite.FindShellAsync());

    [GeneratedRegex(@"\ATook [0-9.]+ s\.\n")]
    private static partial Regex LongTime();

    private async Task<PesterRun> RunAsync(string text, string? filter = null, TimeSpan? longestRun = null)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "A.Tests.ps1"), text, Cancellation);
        var file = new PesterFile(await FindShellAsync(), "A.Tests.ps1")
        {
            Folder = _folder.FullName,
            Filter = filter,
            LongestRun = longestRun ?? TimeSpan.FromMinutes(5),
        };
        return await file.RunAsync(Cancellation);
    }

    private static async Task<PesterRun> RunAllAsync(params string[] files)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            for (int i = 0; i < files.Length; i++)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{i}.Tests.ps1"), files[i], Cancellation);
            }

            var file = new PesterFile(await FindShellAsync(), ".") { Folder = folder.FullName };
            return await file.RunAsync(Cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
