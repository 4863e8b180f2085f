using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace OssPayment.PowerShell;

/// <summary>A PowerShell that can be started.</summary>
/// <param name="CommandLine">The program, and what comes before PowerShell's own arguments.</param>
/// <param name="Version">What it says its version is.</param>
/// <param name="Origin">Where it comes from, in words.</param>
internal sealed record Shell(IReadOnlyList<string> CommandLine, Version Version, string Origin)
{
    internal string Description => $"PowerShell {Version}, {Origin}";

    internal ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(CommandLine[0]);
        for (int i = 1; i < CommandLine.Count; i++)
        {
            start.ArgumentList.Add(CommandLine[i]);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
