using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>Makes a row of the theory of each Pester test: why it failed, and what is shown of it.</summary>
internal static class PesterRow
{
    /// <summary>The rows of a file. What the file wrote is shown with the first test that ran.</summary>
    internal static IEnumerable<TheoryDataRow<string?, string>> All(string file, PesterRun run, string shell)
    {
        int failed = run.Tests.Count(test => test.Failure is not null);
        int skipped = run.Tests.Count(test => test.SkipReason is not null);
        string output = $"{file}: {run.Tests.Count - failed - skipped} passed, {failed} failed, {skipped} skipped"
            + $" in {shell}, Pester {run.Version}\n{run.Output}";
        foreach (PesterTest test in run.Tests)
        {
            yield return Create($"{file}: {test.Name}", test.Failure, test.SkipReason, test.SkipReason is null ? output : "");
            output = test.SkipReason is null ? "" : output;
        }
    }

    /// <summary>
    /// The row of a file that cannot be run. On a person's machine that is no failure; where a gate runs, it is one.
    /// </summary>
    internal static TheoryDataRow<string?, string> WithoutShell(string file, string why, string? ci) =>
        ci is null or "" or "false" ? Create(file, null, why, "") : Create(file, why, null, "");

    private static TheoryDataRow<string?, string> Create(string name, string? failure, string? skipReason, string output) =>
        new(failure, output) { TestDisplayName = name, Label = "", Skip = skipReason };
}
