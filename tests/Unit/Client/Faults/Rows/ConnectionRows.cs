using System.Collections.Generic;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Connections that end too early.</summary>
internal static class ConnectionRows
{
    internal static IEnumerable<FaultRow> All =>
    [
        .. EndedBy(Ending.Close, "closed"),
        .. EndedBy(Ending.Reset, "reset"),
        Ended("reset after the operation", CutPoint.BeforeHeaders, Ending.Reset) with { AfterApply = true },
    ];

    private static IEnumerable<FaultRow> EndedBy(Ending how, string ended) =>
    [
        Ended($"{ended} before the headers", CutPoint.BeforeHeaders, how),
        Ended($"{ended} in the headers", CutPoint.InHeaders, how),
        Ended($"{ended} in the body", CutPoint.InBody, how),
        new(
            $"kept connection {ended} before the headers",
            new CutConnection(CutPoint.BeforeHeaders, how),
            FaultEnd.Success)
        {
            IsOnKeptConnection = true,
            IsSentOnce = true,
        },
        new($"{ended} while idle", new CutConnection(CutPoint.AfterResponse, how), FaultEnd.Success),
    ];

    private static FaultRow Ended(string name, CutPoint where, Ending how) =>
        new($"connection {name}", new CutConnection(where, how), FaultEnd.Failed) { IsTransient = true };
}
