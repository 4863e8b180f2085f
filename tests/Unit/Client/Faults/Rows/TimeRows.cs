using System.Collections.Generic;
using System.Linq;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Responses that do not come in time. All of these rows run at once.</summary>
internal static class TimeRows
{
    internal static IEnumerable<FaultRow> All =>
    [
        Hang(CutPoint.BeforeHeaders, "before the headers") with { IsTransient = true, TimeoutSec = 3 },
        Hang(CutPoint.InHeaders, "in the headers") with { IsSentOnce = true },
        Hang(CutPoint.InBody, "in the body") with { IsTransient = true, TimeoutSec = 3 },
        Hang(CutPoint.AfterResponse, "after the response") with
        {
            End = FaultEnd.Success, TimeoutSec = 10, NextTimeoutSec = 2,
        },
        Late("the body with a byte a second", new DripResponse(1000)) with
        {
            TimeoutSec = 3,
            EndOfChange = FaultEnd.Success,
        },
        Late("the whole response with a byte a second", new DripResponse(1000, FromHeaders: true)),
        Late("the response too late", new DelayResponse(30000)),
        Late(
            "100 Continue and no other response",
            Responses.Raw(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\n\n", 100)), Ending.StayOpen)),
    ];

    private static FaultRow Hang(CutPoint where, string name) => Slow($"hang {name}", new HangResponse(where));

    private static FaultRow Late(string name, FaultAction action) => Slow(name, action) with { IsSentOnce = true };

    private static FaultRow Slow(string name, FaultAction action) =>
        new(name, action, FaultEnd.TimedOut) { IsSlow = true, TimeoutSec = 1 };
}
