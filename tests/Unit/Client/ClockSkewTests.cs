using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Client;

/// <summary>The server time in a response is a hint, which the process keeps for one scheme, host and port.</summary>
public sealed class ClockSkewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData((24 * 7) - 1)]
    [InlineData((-24 * 7) + 1)]
    public async Task A_request_is_signed_again_with_the_server_time_which_later_requests_use(int hours)
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ClockOffset = TimeSpan.FromHours(hours);
        OssLocation location = At(emulator.HttpEndpoint);

        await Clients.For(emulator.State, retries: 1).PutPaymentAsync(location, Payer.Requester);
        await Clients.For(emulator.State, retries: 0).GetPaymentAsync(location);

        Assert.Equal([403, 200, 200], emulator.State.Requests.All().Select(request => request.Status));
    }

    [Fact]
    public async Task A_clock_that_is_corrected_is_learned_again()
    {
        await using OssEmulator emulator = await StartAsync();
        OssLocation location = At(emulator.HttpEndpoint);
        emulator.State.ClockOffset = TimeSpan.FromHours(5);
        await Clients.For(emulator.State, retries: 1).GetPaymentAsync(location);
        emulator.State.ClockOffset = TimeSpan.Zero;

        await Clients.For(emulator.State, retries: 1).GetPaymentAsync(location);

        Assert.Equal([403, 200, 403, 200], emulator.State.Requests.All().Select(request => request.Status));
    }

    [Fact]
    public async Task Without_retries_the_refusal_is_reported()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ClockOffset = TimeSpan.FromHours(1);

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.For(emulator.State).GetPaymentAsync(At(emulator.HttpEndpoint)));

        Assert.Equal((403, "RequestTimeTooSkewed", 1), (e.StatusCode, e.ErrorCode, e.Attempts));
    }

    [Fact]
    public async Task Each_endpoint_has_its_own_clock_offset()
    {
        await using OssEmulator fast = await StartAsync();
        await using OssEmulator right = await StartAsync();
        fast.State.ClockOffset = TimeSpan.FromHours(1);

        await Clients.For(fast.State, retries: 1).GetPaymentAsync(At(fast.HttpEndpoint));
        await Clients.For(right.State, retries: 0).GetPaymentAsync(At(right.HttpEndpoint));

        Assert.Single(right.State.Requests.All());
    }

    [Theory]
    [InlineData("2424-12-27T03:21:12.000Z")]
    [InlineData("2099-01-01T00:00:00.000Z")]
    [InlineData("1970-01-01T00:00:00.000Z")]
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.000Z")]
    public async Task An_invalid_time_is_not_used(string time)
    {
        await using RawServer server = RawServer.Responding(Skewed($"<ServerTime>{time}</ServerTime>"));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 2).GetPaymentAsync(At(server.Uri)));

        Assert.Equal(1, e.Attempts);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Without_a_server_time_the_request_is_not_retried()
    {
        await using RawServer server = RawServer.Responding(Skewed(""));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 2).GetPaymentAsync(At(server.Uri)));

        Assert.Equal(("RequestTimeTooSkewed", 1), (e.ErrorCode, e.Attempts));
    }

    [Fact]
    public async Task The_time_in_the_Date_header_is_used()
    {
        await using RawServer server = RawServer.Responding(
            Skewed("", $"Date: {Ahead(TimeSpan.FromDays(3)):R}"), Http.FromOss(200, Http.RequesterPays));

        await Clients.Create(retries: 1).GetPaymentAsync(At(server.Uri));

        AssertSigned(server.Requests[1], TimeSpan.FromDays(3));
    }

    [Theory]
    [InlineData(403, "SignatureDoesNotMatch")]
    [InlineData(400, "InvalidArgument")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task A_server_time_is_forgotten_when_the_corrected_attempt_fails(int status, string code)
    {
        await using RawServer server = RawServer.Responding(
            SkewedBy(TimeSpan.FromDays(3)), Http.Error(status, code), Http.FromOss(200, Http.RequesterPays));

        await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 1).GetPaymentAsync(At(server.Uri)));
        await Clients.Create().GetPaymentAsync(At(server.Uri));

        AssertSigned(server.Requests[1], TimeSpan.FromDays(3));
        AssertSigned(server.Requests[2], TimeSpan.Zero);
    }

    [Fact]
    public async Task A_server_time_that_worked_before_is_forgotten_when_it_fails()
    {
        await using RawServer server = RawServer.Responding(
            SkewedBy(TimeSpan.FromDays(3)),
            Http.FromOss(200, Http.RequesterPays),
            Http.Error(403, "SignatureDoesNotMatch"),
            Http.FromOss(200, Http.RequesterPays));

        await Clients.Create(retries: 1).GetPaymentAsync(At(server.Uri));
        await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create().GetPaymentAsync(At(server.Uri)));
        await Clients.Create().GetPaymentAsync(At(server.Uri));

        AssertSigned(server.Requests[2], TimeSpan.FromDays(3));
        AssertSigned(server.Requests[3], TimeSpan.Zero);
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(404, "NoSuchBucket")]
    public async Task A_time_is_kept_if_OSS_then_refuses_because_of_the_bucket(int status, string code)
    {
        await using RawServer server = RawServer.Responding(SkewedBy(TimeSpan.FromDays(3)), Http.Error(status, code));

        await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 1).GetPaymentAsync(At(server.Uri)));
        await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create().GetPaymentAsync(At(server.Uri)));

        Assert.Equal(3, server.Requests.Count);
        AssertSigned(server.Requests[2], TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task The_attempts_after_a_transient_failure_keep_the_corrected_time()
    {
        await using RawServer server = RawServer.Responding(
            SkewedBy(TimeSpan.FromDays(3)), Http.Error(503, "ServiceUnavailable"), Http.FromOss(200, Http.RequesterPays));

        await Clients.Create(retries: 2).GetPaymentAsync(At(server.Uri));
        await Clients.Create().GetPaymentAsync(At(server.Uri));

        Assert.All(server.Requests.Skip(1), request => AssertSigned(request, TimeSpan.FromDays(3)));
    }

    [Fact]
    public async Task A_server_time_that_was_never_tried_is_not_remembered()
    {
        await using RawServer server = RawServer.Responding(SkewedBy(TimeSpan.FromDays(3)), Http.FromOss(200, Http.RequesterPays));

        await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 0).GetPaymentAsync(At(server.Uri)));
        await Clients.Create().GetPaymentAsync(At(server.Uri));

        AssertSigned(server.Requests[1], TimeSpan.Zero);
    }

    [Fact]
    public async Task A_time_from_another_machine_over_plain_http_is_not_used()
    {
        await using RawServer proxy = RawServer.Responding(SkewedBy(TimeSpan.FromHours(1)));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(proxy: proxy.Uri, retries: 2)
            .GetPaymentAsync(Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com"))));

        Assert.Equal(("RequestTimeTooSkewed", 1), (e.ErrorCode, e.Attempts));
        Assert.Single(proxy.Requests);
    }

    [Theory]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com", true)]
    [InlineData("https://oss.corp.example:8443", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://oss-cn-hangzhou.aliyuncs.com", false)]
    [InlineData("http://oss-cn-hangzhou.aliyuncs.com:443", false)]
    [InlineData("http://192.0.2.7", false)]
    [InlineData("http://localhost.example", false)]
    public void A_time_is_used_only_over_TLS_or_from_this_machine(string endpoint, bool isTaken)
    {
        var parsed = OssEndpoint.Parse(endpoint);
        DateTimeOffset now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(isTaken, ClockSkew.OffsetTo(parsed, now.AddHours(1), now) is not null);
        Assert.Null(ClockSkew.OffsetTo(parsed, now.AddDays(7).AddTicks(1), now));
        Assert.Null(ClockSkew.OffsetTo(parsed, now.AddDays(-7).AddTicks(-1), now));
    }

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    // Other tests use the IP address, so they do not share the learned time, even with the same port.
    private static OssLocation At(Uri endpoint) =>
        Clients.At(new Uri($"http://localhost:{endpoint.Port}"), style: AddressingStyle.Path);

    private static DateTimeOffset Ahead(TimeSpan offset) => DateTimeOffset.UtcNow + offset;

    private static string SkewedBy(TimeSpan offset) => Skewed($"<ServerTime>{Ahead(offset):O}</ServerTime>");

    private static void AssertSigned(RawRequest request, TimeSpan offset)
    {
        DateTimeOffset time = DateTimeOffset.ParseExact(
            request.Header("x-oss-date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(time - DateTimeOffset.UtcNow, offset - TimeSpan.FromHours(1), offset + TimeSpan.FromHours(1));
    }

    private static string Skewed(string details, params string[] headers) =>
        Http.FromOss(403, $"<Error><Code>RequestTimeTooSkewed</Code><Message>No.</Message>{details}</Error>", headers);
}
