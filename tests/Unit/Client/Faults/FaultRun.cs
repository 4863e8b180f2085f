using System;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>Plays a case, and asserts what the matrix says of it.</summary>
internal sealed class FaultRun(OssEmulator emulator)
{
    private readonly OssLocation _location = Clients.At(emulator.HttpEndpoint);

    private EmulatorState State => emulator.State;

    /// <summary>The requests that arrived before the fault was removed.</summary>
    internal int Arrived { get; private set; }

    /// <summary>The bytes that this process had allocated before.</summary>
    internal long Allocated { get; private set; }

    internal async Task PlayAsync(FaultCase faultCase)
    {
        (FaultRow row, FaultOperation operation, bool isRetried) = faultCase;
        using var elsewhere = new Elsewhere();
        operation.Prepare(State);
        if (row.IsOnKeptConnection)
        {
            (await SendAsync(operation, row.TimeoutSec, retries: 0)).AssertSuccess(State);
            State.Requests.Clear();
        }

        State.Faults.Add(new Fault
        {
            Action = row.ActionFor(operation, elsewhere.Address),
            AfterApply = row.AfterApply,
            Times = isRetried || row.IsOnKeptConnection ? 1 : 0,
        });

        long before = GC.GetTotalAllocatedBytes();
        FaultOutcome outcome = await SendAsync(operation, row.TimeoutSec, faultCase.Retries);
        Allocated = GC.GetTotalAllocatedBytes() - before;
        Arrived = State.Requests.All().Count;

        outcome.AssertIs(faultCase.End, State);
        int least = isRetried || row.IsOnKeptConnection ? 2 : 1;
        int most = faultCase.End.IsSuccess ? least : row.MaximumRequests;
        Assert.True(least <= Arrived && Arrived <= most, $"{Arrived} requests arrived. {outcome.Trace}");

        outcome.AssertHarmless();
        Assert.False(elsewhere.IsContacted, "A request was sent to a host that a response names.");

        State.Faults.Clear();
        FaultOutcome next = await SendAsync(operation, row.NextTimeoutSec, retries: 2);
        next.AssertSuccess(State);
    }

    private Task<FaultOutcome> SendAsync(FaultOperation operation, int timeoutSec, int retries)
    {
        OssClient client = Clients.Create(
            Clients.CredentialsOf(State.KeyPairs["owner"]),
            timeout: TimeSpan.FromSeconds(timeoutSec),
            retries: retries);
        return FaultOutcome.OfAsync(operation, client, _location);
    }
}
