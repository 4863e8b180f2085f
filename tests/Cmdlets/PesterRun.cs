using System;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The result of a Pester file.</summary>
/// <param name="Version">Pester's version.</param>
/// <param name="Tests">What became of each test, and of what failed outside a test.</param>
internal sealed record PesterRun(string Version, IReadOnlyList<PesterTest> Tests)
{
    /// <summary>The host output, such as counts.</summary>
    internal string Output { get; init; } = "";

    /// <summary>The duration of the run.</summary>
    internal TimeSpan Duration { get; init; }

    internal string Counts
    {
        get
        {
            int failed = Tests.Count(test => test.Failure is not null);
            int skipped = Tests.Count(test => test.SkipReason is not null);
            return $"{Tests.Count - failed - skipped} passed, {failed} failed, {skipped} skipped";
        }
    }

    /// <summary>A run without results is a failure, so that it is not taken for a success.</summary>
    internal static PesterRun Failed(string why) => new("", [new PesterTest("(the file itself)", "Failed", why, Seconds: 0)]);
}

/// <param name="Name">The names of its blocks, and its own.</param>
/// <param name="Result">Pester's word for it.</param>
/// <param name="Message">Why it failed or was skipped; else empty.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record PesterTest(string Name, string Result, string Message, double Seconds)
{
    /// <summary>Why this counts as a failure; null where it does not.</summary>
    internal string? Failure => Result switch
    {
        "Passed" => null,
        "Skipped" when Message.Length > 0 => null,
        "Skipped" => "It was skipped and says no reason. Use: Set-ItResult -Skipped -Because …",
        _ => $"{Result}: {Message}",
    };

    /// <summary>Why it was skipped; null where it was not.</summary>
    internal string? SkipReason => Result == "Skipped" && Message.Length > 0 ? Message : null;
}
