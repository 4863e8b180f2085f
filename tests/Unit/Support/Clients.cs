using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Credentials;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Signing;
using OssPayment.Time;
using OssPayment.Transport;
using OssPayment.Xml;
using Xunit;

namespace OssPayment.Tests;

/// <summary>Clients and locations as tests need them, and operations that a hang cannot outlast.</summary>
internal static class Clients
{
    internal const string Region = "cn-hangzhou";
    internal const string Bucket = "examplebucket";

    internal static readonly LimitedResource AnyResource = LimitedResource.OfBucket(Bucket);

    internal static readonly OssCredentials AnyCredentials = new("AnyKeyId", "AnyKeySecret", null);

    /// <summary>A client that sends once, and waits long.</summary>
    internal static OssClient Create(
        OssCredentials? credentials = null,
        Uri? proxy = null,
        TimeSpan? timeout = null,
        int retries = 0,
        TimeSpan? interval = null,
        RetryBudgets? budgets = null,
        Clock? clock = null) =>
        new(
            new FixedCredentials(credentials ?? AnyCredentials),
            ProxiesOf(proxy),
            timeout ?? Patience.Limit,
            Policy(retries, interval ?? TimeSpan.Zero, budgets, clock));

    /// <summary>A policy with a budget of its own; null is full-jitter back-off.</summary>
    internal static RetryPolicy Policy(
        int retries, TimeSpan? interval, RetryBudgets? budgets = null, Clock? clock = null) =>
        new(retries, interval, budgets ?? new RetryBudgets(clock ?? Clock.System), clock ?? Clock.System);

    /// <summary>A client with one of the emulator's key pairs.</summary>
    internal static OssClient For(EmulatorState state, string keyPair = "owner", Uri? proxy = null, int retries = 0) =>
        Create(CredentialsOf(state.KeyPairs[keyPair]), proxy, retries: retries);

    internal static ProxySettings? ProxiesOf(Uri? proxy) =>
        proxy is null ? ProxySettings.FromEnvironment(Environment.GetEnvironmentVariable) : ProxySettings.Of(proxy);

    internal static OssCredentials CredentialsOf(KeyPair pair) => new(pair.Id, pair.Secret, pair.Token);

    internal static OssLocation At(
        Uri endpoint, string region = Region, AddressingStyle? style = null, EndpointType? type = null) =>
        new LocationResolver(type, style).Resolve(new LocationSource(region, endpoint.OriginalString));

    internal static Task<BucketRequestPayment> GetPaymentAsync(
        this OssClient client,
        OssLocation location,
        string bucket = Bucket,
        RequestTrace? trace = null,
        CancellationToken? cancellation = null) =>
        client.SendAsync(RequestPaymentOperations.Get(bucket), location, trace, cancellation);

    internal static Task<BucketRequestPayment> PutPaymentAsync(
        this OssClient client,
        OssLocation location,
        Payer payer,
        string bucket = Bucket,
        RequestTrace? trace = null) =>
        client.SendAsync(RequestPaymentOperations.Put(bucket, payer), location, trace);

    /// <summary>The limits of a requester, by default at the bucket.</summary>
    internal static async Task<RequesterLimits> GetQoSAsync(
        this OssClient client, OssLocation location, string requester, LimitedResource? resource = null) =>
        (RequesterLimits)await client.SendAsync(
            RequesterQoSOperations.Get(resource ?? AnyResource, requester), location);

    internal static Task<Page<Listed<RequesterLimits>>> ListQoSAsync(
        this OssClient client, OssLocation location, LimitedResource? resource = null, string token = "") =>
        client.SendAsync(RequesterQoSOperations.List(resource ?? AnyResource, Page(token)), location);

    internal static async Task<RequesterLimits> PutQoSAsync(
        this OssClient client,
        OssLocation location,
        string requester,
        QoSConfiguration configuration,
        LimitedResource? resource = null) =>
        (RequesterLimits)await client.SendAsync(
            RequesterQoSOperations.Put(resource ?? AnyResource, requester, configuration), location);

    internal static Task DeleteQoSAsync(
        this OssClient client, OssLocation location, string requester, LimitedResource? resource = null) =>
        client.SendAsync(RequesterQoSOperations.Delete(resource ?? AnyResource, requester), location);

    internal static Task<Page<ListedBucket>> ListAsync(
        this OssClient client, OssLocation location, string prefix = "", string marker = "") =>
        client.SendAsync(ListBucketsOperation.Create(prefix, Page(marker)), location);

    /// <summary>The page of a listing that begins at a token; empty for the first.</summary>
    internal static PageToken Page(string token) =>
        token.Length == 0 ? PageToken.First() : NextPage(PageToken.First(), token, "an earlier name")!;

    /// <summary>The page after one with these names.</summary>
    internal static PageToken? NextPage(PageToken page, string token, params string[] names)
    {
        var result = new OssElement("Result");
        result.Add(new OssElement("IsTruncated") { RawText = "true" });
        result.Add(new OssElement("Next") { RawText = token });
        return page.Next(result, "Next", names);
    }

    /// <summary>The failure of a query of the payer at that server.</summary>
    internal static Task<OssRequestException> RequestFailureAsync(RawServer server, OssClient? client = null) =>
        Assert.ThrowsAsync<OssRequestException>(() => (client ?? Create()).GetPaymentAsync(At(server.Uri)));

    internal static Task<OssServiceException> ServiceFailureAsync(RawServer server, OssClient? client = null) =>
        Assert.ThrowsAsync<OssServiceException>(() => (client ?? Create()).GetPaymentAsync(At(server.Uri)));

    internal static async Task<TResult> SendAsync<TResult>(
        this OssClient client,
        OssOperation<TResult> operation,
        OssLocation location,
        RequestTrace? trace = null,
        CancellationToken? cancellation = null) =>
        await client
            .SendAsync(operation, location, trace, cancellation ?? TestContext.Current.CancellationToken).Soon();
}
