using System.Collections.Generic;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>Makes a row of the theory of each Pester test: why it failed, and what is shown of it.</summary>
internal static class PesterRow
{
    /// <summary>From how many seconds on a test says how long it took.</summary>
    private const double Long = 1;

    /// <summary>The rows of a file. What the file wrote is shown with the first test that ran.</summary>
    internal static IEnumerable<TheoryDataRow<string?, string>> All(string file, PesterRun run, string output)
    {
        foreach (PesterTest test in run.Tests)
        {
            string duration = test.Seconds < Long ? "" : $"Took {test.Seconds:0.0} s.\n";
            yield return Create($"{file}: {test.Name}", test.Failure, test.SkipReason, duration + output);
            output = test.SkipReason is null ? "" : output;
        }
    }

    /// <summary>The row of a file that cannot be run: a failure in a gate, and not on a person's machine.</summary>
    internal static TheoryDataRow<string?, string> WithoutShell(string file, string why, string? ci) =>
        IsGate(ci) ? Create(file, why, null, "") : Create(file, null, why, "");

    /// <param name="ci">The value of the variable CI, which every service that runs gates sets.</param>
    internal static bool IsGate(string? ci) => ci is not (null or "" or "false");

    private static TheoryDataRow<string?, string> Create(string name, string? failure, string? skipReason, string output) =>
        new(failure, output) { TestDisplayName = name, Label = "", Skip = skipReason };
}
