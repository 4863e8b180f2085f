using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Credentials;
using Xunit;

namespace OssPayment.Tests.Client;

/// <summary>The time between two attempts, and the time that a request is signed with.</summary>
public sealed class BackOffTests
{
    private static readonly string Busy = Http.Error(503, "ServiceUnavailable");
    private static readonly string Success = Http.FromOss(200, Http.RequesterPays);

    [Fact]
    public async Task The_longest_back_off_doubles_with_each_attempt()
    {
        var clock = new ManualClock { SkipsDelays = true };
        await using RawServer server = RawServer.Responding(Busy);
        double[] ceilings = [0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 20, 20];

        OssServiceException e = await Clients.ServiceFailureAsync(server, Jittered(clock, ceilings.Length));

        Assert.Equal(ceilings.Length + 1, e.Attempts);
        Assert.Equal(ceilings.Length, clock.Delays.Count);
        Assert.All(
            clock.Delays.Zip(ceilings), pair => Assert.InRange(pair.First.TotalSeconds, 0, pair.Second));
    }

    [Theory]
    [InlineData("19", 19)]
    [InlineData("600", 20)]
    [InlineData("Sat, 31 Jan 2026 12:00:18 GMT", 18)]
    [InlineData("Sun, 01 Feb 2026 12:00:00 GMT", 20)]
    public async Task Retry_After_is_honoured_up_to_20_seconds(string retryAfter, double seconds)
    {
        var clock = new ManualClock { SkipsDelays = true };
        await using RawServer server = RawServer.Responding(
            Http.Error(503, "ServiceUnavailable", $"Retry-After: {retryAfter}"), Success);

        await Jittered(clock).GetPaymentAsync(Clients.At(server.Uri));

        Assert.Equal([TimeSpan.FromSeconds(seconds)], clock.Delays);
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_interval_is_over()
    {
        var clock = new ManualClock();
        await using RawServer server = RawServer.Responding(Busy, Success);
        OssClient client = Clients.Create(retries: 1, interval: TimeSpan.FromMinutes(10), clock: clock);

        Task<BucketRequestPayment> get = client.GetPaymentAsync(Clients.At(server.Uri));
        await Patience.UntilAsync(() => clock.Delays.Count == 1);
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Single(server.Requests);
        Assert.False(get.IsCompleted);

        clock.Advance(TimeSpan.FromTicks(1));
        await get;
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_back_off_can_be_cancelled()
    {
        var clock = new ManualClock();
        using var cancellation = new CancellationTokenSource();
        await using RawServer server = RawServer.Responding(Busy, Success);
        OssClient client = Clients.Create(retries: 1, interval: TimeSpan.FromMinutes(10), clock: clock);

        Task<BucketRequestPayment> get =
            client.GetPaymentAsync(Clients.At(server.Uri), cancellation: cancellation.Token);
        await Patience.UntilAsync(() => clock.Delays.Count == 1);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Each_attempt_is_signed_with_the_time_when_it_is_sent()
    {
        var clock = new ManualClock { SkipsDelays = true };
        await using RawServer server = RawServer.Responding(Busy, Success);

        await Clients.Create(retries: 1, interval: TimeSpan.FromMinutes(10), clock: clock)
            .GetPaymentAsync(Clients.At(server.Uri));

        Assert.Equal(
            ["20260131T120000Z", "20260131T121000Z"], server.Requests.Select(request => request.Header("x-oss-date")));
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_with_the_server_time()
    {
        var clock = new ManualClock();
        string serverTime = clock.UtcNow.AddHours(3).ToString("O", CultureInfo.InvariantCulture);
        await using RawServer server = RawServer.Responding(
            Http.FromOss(403, $"<Error><Code>RequestTimeTooSkewed</Code><ServerTime>{serverTime}</ServerTime></Error>"),
            Success,
            Success);
        OssClient client = Clients.Create(retries: 1, clock: new ManualClock { SkipsDelays = true });

        // The host name separates the learned time from the tests that use the address.
        var endpoint = new Uri($"http://localhost:{server.Port}");
        await client.GetPaymentAsync(Clients.At(endpoint, style: AddressingStyle.Path));
        await client.GetPaymentAsync(Clients.At(endpoint, style: AddressingStyle.Path));

        Assert.Equal(
            ["20260131T120000Z", "20260131T150000Z", "20260131T150000Z"],
            server.Requests.Select(request => request.Header("x-oss-date")));
    }

    private static OssClient Jittered(ManualClock clock, int retries = 2) => new(
        new FixedCredentials(Clients.AnyCredentials),
        Clients.ProxiesOf(null),
        Patience.Limit,
        Clients.Policy(retries, null, clock: clock));
}
