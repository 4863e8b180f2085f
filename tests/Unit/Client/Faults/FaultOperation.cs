using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>An operation that the faults happen to.</summary>
internal sealed class FaultOperation
{
    private const string Requester = "300100";

    internal static readonly FaultOperation Get = new("Get", new BucketTarget("a-bucket"), Http.RequesterPays)
    {
        Prepare = state => state.Buckets["a-bucket"].Payer = Emulator.State.Payer.Requester,
        SendAsync = async (client, location, trace, cancellation) =>
            await client.SendAsync(RequestPaymentOperations.Get("a-bucket"), location, trace, cancellation),
        AssertDone = AssertRequesterPays,
    };

    internal static readonly FaultOperation Set = new("Set", new RequestPaymentTarget("a-bucket", Payer.Requester), "")
    {
        IsChange = true,
        SendAsync = async (client, location, trace, cancellation) => await client.SendAsync(
            RequestPaymentOperations.Put("a-bucket", Payer.Requester), location, trace, cancellation),
        AssertDone = AssertRequesterPays,
    };

    internal static readonly FaultOperation QoS = new(
        "QoS",
        new RequesterTarget(Clients.Bucket, Requester),
        $"<RequesterQoSInfo><Requester>{Requester}</Requester><QoSConfiguration>"
        + "<TotalUploadBandwidth>10</TotalUploadBandwidth></QoSConfiguration></RequesterQoSInfo>")
    {
        SendAsync = async (client, location, trace, cancellation) => await client.SendAsync(
            RequesterQoSOperations.Get(Clients.AnyResource, Requester), location, trace, cancellation),
        AssertDone = (result, _) =>
        {
            var limits = Assert.IsType<RequesterQoSInfo>(result);
            Assert.Equal((Requester, 10L), (limits.Requester, limits.TotalUploadBandwidth));
        },
    };

    private FaultOperation(string name, BucketTarget target, string right)
    {
        Name = name;
        Target = target;
        Right = right;
    }

    internal static IReadOnlyList<FaultOperation> All { get; } = [Get, Set, QoS];

    internal static IEnumerable<string> Names => All.Select(operation => operation.Name);

    internal string Name { get; }

    /// <summary>The target of the error.</summary>
    internal BucketTarget Target { get; }

    /// <summary>The body of a correct response.</summary>
    internal string Right { get; }

    internal bool IsChange { get; private init; }

    internal Action<EmulatorState> Prepare { get; private init; } = _ => { };

    internal required Func<OssClient, OssLocation, RequestTrace, CancellationToken, Task<object>> SendAsync
    {
        get;
        init;
    }

    /// <summary>Asserts that a reported success has happened.</summary>
    internal required Action<object, EmulatorState> AssertDone { get; init; }

    internal static FaultOperation Named(string name) => All.Single(operation => operation.Name == name);

    private static void AssertRequesterPays(object result, EmulatorState state)
    {
        Assert.Equal(Payer.Requester, Assert.IsType<BucketRequestPayment>(result).Payer);
        Assert.Equal(Emulator.State.Payer.Requester, state.Buckets["a-bucket"].Payer);
    }
}
