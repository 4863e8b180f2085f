using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The Pester files, their order, and the number that runs in parallel.</summary>
/// <remarks>
/// The first line of a file may say how it runs: <c># Runs early: …</c>, because it takes long, <c># Runs by itself: …</c>,
/// because it measures time, memory or descriptors, or <c># Runs in full: …</c>, if OSSPAYMENT_SIZE is full or if it is selected.
/// </remarks>
internal static class PesterFiles
{
    private const string Early = "# Runs early:";
    private const string ByItself = "# Runs by itself:";
    private const string InFull = "# Runs in full:";

    /// <summary>The wildcard pattern that selects files by their names.</summary>
    internal static string? Filter => Environment.GetEnvironmentVariable("OSSPAYMENT_PESTER_FILE");

    /// <summary>The number of files that only a full run has.</summary>
    internal static int LeftOut(string? filter) =>
        IsFull(filter) ? 0 : Directory
            .EnumerateFiles(Suite.Folder, "*.Tests.ps1", SearchOption.AllDirectories)
            .Count(path => File.ReadLines(path).FirstOrDefault("").StartsWith(InFull, StringComparison.Ordinal));

    /// <summary>The files that may run beside others, those that take longest first.</summary>
    internal static IReadOnlyList<string> SideBySide(string? filter, string? folder = null) =>
    [
        .. Find(filter, folder, byItself: false)
            .OrderByDescending(file => file.FirstLine.StartsWith(Early, StringComparison.Ordinal)
                || file.FirstLine.StartsWith(InFull, StringComparison.Ordinal))
            .Select(file => file.Name),
    ];

    /// <summary>The files that no other file may disturb.</summary>
    internal static IReadOnlyList<string> OneByOne(string? filter, string? folder = null) =>
        [.. Find(filter, folder, byItself: true).Select(file => file.Name)];

    /// <summary>Runs files in this order, up to a number in parallel, and yields each when it has ended.</summary>
    internal static async IAsyncEnumerable<(string Name, PesterRun Run)> RunAsync(
        IEnumerable<string> names, int sideBySide, Func<string, Task<PesterRun>> run)
    {
        using var slots = new SemaphoreSlim(sideBySide);
        Task<(string, PesterRun)>[] runs = [.. names.Select(RunInTurnAsync)];
        await foreach (Task<(string, PesterRun)> ended in Task.WhenEach(runs))
        {
            yield return await ended;
        }

        async Task<(string, PesterRun)> RunInTurnAsync(string name)
        {
            await slots.WaitAsync();
            try
            {
                return (name, await run(name));
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static bool IsFull(string? filter) =>
        filter is { Length: > 0 } || Environment.GetEnvironmentVariable("OSSPAYMENT_SIZE") == "full";

    private static IEnumerable<(string Name, string FirstLine)> Find(string? filter, string? folder, bool byItself)
    {
        folder ??= Suite.Folder;
        return Directory.EnumerateFiles(folder, "*.Tests.ps1", SearchOption.AllDirectories)
            .Where(path => filter is not { Length: > 0 }
                || FileSystemName.MatchesSimpleExpression(filter, Path.GetFileName(path)))
            .Select(path => (
                Name: Path.GetRelativePath(folder, path).Replace('\\', '/'),
                FirstLine: File.ReadLines(path).FirstOrDefault("")))
            .Where(file => file.FirstLine.StartsWith(ByItself, StringComparison.Ordinal) == byItself)
            .Where(file => IsFull(filter) || !file.FirstLine.StartsWith(InFull, StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
    }
}
