using System;
using System.Threading;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>The total cost of all fault cases. The last case prints it.</summary>
internal static class FaultTally
{
    private static readonly Lock Gate = new();

    private static int _cases;
    private static long _requests;
    private static long _largestAllocation;

    private static int Rows =>
        FaultMatrix.Rows + FaultBelowHttpTests.Rows + NamedHostTests.Rows + FaultRetryTests.Rows;

    private static int Cases =>
        FaultMatrix.Cases.Count + FaultBelowHttpTests.Cases + NamedHostTests.Cases + FaultRetryTests.Cases;

    internal static void Add(ITestOutputHelper output, long requests = 0, long allocated = 0)
    {
        lock (Gate)
        {
            _requests += requests;
            _largestAllocation = Math.Max(_largestAllocation, allocated);
            if (++_cases == Cases)
            {
                double size = _largestAllocation / 1048576.0;
                string largest = FormattableString.Invariant($"at most {size:0.0} MiB allocated in a case");
                output.WriteLine($"Faults: {Rows} rows, {_cases} cases, {_requests} requests, {largest}");
            }
        }
    }
}
