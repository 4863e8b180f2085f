using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The Pester files that run, their order, and the number in parallel.</summary>
public sealed class PesterFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_filter_selects_files_by_their_names()
    {
        Assert.Equal(["Behaviour/Soak.Tests.ps1"], PesterFiles.SideBySide("Soak*").Concat(PesterFiles.OneByOne("Soak*")));
        Assert.Equal(["Remove-OssRequesterQoSInfo.Tests.ps1"], PesterFiles.SideBySide("Remove-*"));
    }

    [Fact]
    public void Each_file_of_the_suite_runs_once()
    {
        string[] all =
        [
            .. Directory.EnumerateFiles(Suite.Folder, "*.Tests.ps1", SearchOption.AllDirectories)
                .Select(path => Path.GetFileName(path))
                .Order(),
        ];

        IEnumerable<string> planned = PesterFiles.SideBySide("*").Concat(PesterFiles.OneByOne("*"));

        Assert.Equal(all, planned.Select(name => Path.GetFileName(name)).Order());
        Assert.True(all.Length > 10);
    }

    [Fact]
    public void The_first_line_sets_how_a_file_runs()
    {
        Write("B.Tests.ps1", "Describe 'b' { }");
        Write("C.Tests.ps1", "# Runs early: it takes a minute.");
        Write("A.Tests.ps1", "");
        Write("D.Tests.ps1", "# Runs by itself: it measures memory.");
        Write("E.Tests.ps1", "# Runs in full: it makes a package.");
        Write("A.ps1", "");

        bool isFull = Environment.GetEnvironmentVariable("OSSPAYMENT_SIZE") == "full";
        Assert.Equal(
            isFull
                ? ["C.Tests.ps1", "E.Tests.ps1", "A.Tests.ps1", "B.Tests.ps1"]
                : ["C.Tests.ps1", "A.Tests.ps1", "B.Tests.ps1"],
            PesterFiles.SideBySide(null, _folder.FullName));
        Assert.Equal(["D.Tests.ps1"], PesterFiles.OneByOne(null, _folder.FullName));
        Assert.Equal(["E.Tests.ps1"], PesterFiles.SideBySide("E*", _folder.FullName));
    }

    [Fact]
    public async Task Files_start_in_order_up_to_the_parallel_limit()
    {
        var started = new List<string>();
        var ends = new Dictionary<string, TaskCompletionSource<PesterRun>>();
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            ends[name] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await using IAsyncEnumerator<(string Name, PesterRun Run)> runs = PesterFiles.RunAsync(
            ["a", "b", "c", "d"],
            sideBySide: 2,
            name =>
            {
                lock (started)
                {
                    started.Add(name);
                }

                return ends[name].Task;
            }).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        ValueTask<bool> first = runs.MoveNextAsync();
        Assert.Equal(["a", "b"], started);
        ends["b"].SetResult(new PesterRun("5", []));
        Assert.True(await first);
        Assert.Equal("b", runs.Current.Name);

        ends["c"].SetResult(new PesterRun("5", []));
        Assert.True(await runs.MoveNextAsync());
        Assert.Equal("c", runs.Current.Name);

        ends["a"].SetResult(PesterRun.Failed("reason"));
        Assert.True(await runs.MoveNextAsync());
        Assert.Equal(("a", "reason"), (runs.Current.Name, Assert.Single(runs.Current.Run.Tests).Message));

        ends["d"].SetResult(new PesterRun("5", []));
        Assert.True(await runs.MoveNextAsync());
        Assert.False(await runs.MoveNextAsync());
        Assert.Equal(["a", "b", "c", "d"], started);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text + "\n");
}
