using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator.State;
using OssPayment.Signing;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests;

/// <summary>Clients and locations as tests need them, and operations that a hang cannot outlast.</summary>
internal static class Clients
{
    internal const string Region = "cn-hangzhou";
    internal const string Bucket = "examplebucket";

    internal static readonly OssCredentials AnyCredentials = new("AnyKeyId", "AnyKeySecret", null);

    /// <summary>A client that sends once, and waits long.</summary>
    internal static OssClient Create(
        OssCredentials? credentials = null,
        Uri? proxy = null,
        TimeSpan? timeout = null,
        int retries = 0,
        TimeSpan? interval = null,
        RetryBudget? budget = null) =>
        new(
            credentials ?? AnyCredentials,
            proxy,
            timeout ?? Patience.Limit,
            new RetryPolicy(retries, interval ?? TimeSpan.Zero, budget));

    /// <summary>A client with one of the emulator's key pairs.</summary>
    internal static OssClient For(EmulatorState state, string keyPair = "owner", Uri? proxy = null, int retries = 0) =>
        Create(CredentialsOf(state.KeyPairs[keyPair]), proxy, retries: retries);

    internal static OssCredentials CredentialsOf(KeyPair pair) => new(pair.Id, pair.Secret, pair.Token);

    internal static OssLocation At(
        Uri endpoint, string region = Region, AddressingStyle? style = null, EndpointType? type = null) =>
        new LocationResolver(type, style).Resolve(new LocationSource(region, endpoint.OriginalString));

    internal static Task<BucketRequestPayment> GetPaymentAsync(
        this OssClient client, OssLocation location, string bucket = Bucket, RequestTrace? trace = null, CancellationToken? cancellation = null) =>
        client.GetBucketRequestPaymentAsync(
            location, bucket, trace, cancellation ?? TestContext.Current.CancellationToken).Soon();

    internal static Task<BucketRequestPayment> PutPaymentAsync(
        this OssClient client, OssLocation location, Payer payer, string bucket = Bucket, RequestTrace? trace = null) =>
        client.PutBucketRequestPaymentAsync(
            location, bucket, payer, trace, TestContext.Current.CancellationToken).Soon();

    /// <summary>The limits of a requester, by default at the bucket.</summary>
    internal static Task<RequesterLimits> GetQoSAsync(
        this OssClient client, OssLocation location, string requester, QoSOwner? owner = null) =>
        client.GetRequesterQoSInfoAsync(
            location, owner ?? QoSOwner.OfBucket(Bucket), requester, trace: null, TestContext.Current.CancellationToken).Soon();

    internal static Task<RequesterPage> ListQoSAsync(
        this OssClient client, OssLocation location, QoSOwner? owner = null, string token = "") =>
        client.ListRequesterQoSInfosAsync(
            location, owner ?? QoSOwner.OfBucket(Bucket), token, trace: null, TestContext.Current.CancellationToken).Soon();

    internal static Task<RequesterLimits> PutQoSAsync(
        this OssClient client, OssLocation location, string requester, QoSConfiguration configuration, QoSOwner? owner = null) =>
        client.PutRequesterQoSInfoAsync(
            location, owner ?? QoSOwner.OfBucket(Bucket), requester, configuration, trace: null, TestContext.Current.CancellationToken)
            .Soon();

    internal static Task DeleteQoSAsync(this OssClient client, OssLocation location, string requester, QoSOwner? owner = null) =>
        client.DeleteRequesterQoSInfoAsync(
            location, owner ?? QoSOwner.OfBucket(Bucket), requester, trace: null, TestContext.Current.CancellationToken).Soon();

    internal static Task<BucketPage> ListAsync(this OssClient client, OssLocation location, string prefix = "", string marker = "") =>
        client.ListBucketsAsync(location, prefix, marker, trace: null, TestContext.Current.CancellationToken).Soon();

    /// <summary>The failure of asking that server who pays.</summary>
    internal static Task<OssRequestException> RequestFailureAsync(RawServer server, OssClient? client = null) =>
        Assert.ThrowsAsync<OssRequestException>(() => (client ?? Create()).GetPaymentAsync(At(server.Uri)));

    internal static Task<OssServiceException> ServiceFailureAsync(RawServer server, OssClient? client = null) =>
        Assert.ThrowsAsync<OssServiceException>(() => (client ?? Create()).GetPaymentAsync(At(server.Uri)));
}
