using System;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests;

/// <summary>What is learned of a clock lasts as long as the process, for one host and port.</summary>
public sealed class ClockSkewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(24 * 365 * 50)]
    [InlineData(-24 * 365 * 50)]
    public async Task A_request_is_signed_anew_with_the_servers_time_and_the_next_one_at_once(int hours)
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ClockOffset = TimeSpan.FromHours(hours);
        OssLocation location = At(emulator.HttpEndpoint);

        await Clients.For(emulator.State, retries: 1).PutPaymentAsync(location, Payer.Requester);
        await Clients.For(emulator.State, retries: 0).GetPaymentAsync(location);

        Assert.Equal([403, 200, 200], emulator.State.Requests.All().Select(request => request.Status));
    }

    [Fact]
    public async Task A_clock_that_is_set_right_again_is_learned_again()
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
    public async Task Without_retries_it_is_told()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.ClockOffset = TimeSpan.FromHours(1);

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.For(emulator.State).GetPaymentAsync(At(emulator.HttpEndpoint)));

        Assert.Equal((403, "RequestTimeTooSkewed", 1), (e.StatusCode, e.ErrorCode, e.Attempts));
    }

    [Fact]
    public async Task The_clock_of_one_endpoint_is_not_that_of_another()
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
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.000Z")]
    public async Task A_time_that_no_clock_shows_is_not_taken(string time)
    {
        await using RawServer server = RawServer.Answering(Skewed($"<ServerTime>{time}</ServerTime>"));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 2).GetPaymentAsync(At(server.Uri)));

        Assert.Equal(1, e.Attempts);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Without_a_time_there_is_nothing_to_try_again_with()
    {
        await using RawServer server = RawServer.Answering(Skewed(""));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 2).GetPaymentAsync(At(server.Uri)));

        Assert.Equal(("RequestTimeTooSkewed", 1), (e.ErrorCode, e.Attempts));
    }

    [Fact]
    public async Task The_time_of_the_date_header_will_do()
    {
        await using RawServer server = RawServer.Answering(
            Skewed("", "Date: Fri, 27 Dec 2024 03:21:12 GMT"), Http.FromOss(200, Http.RequesterPays));

        await Clients.Create(retries: 1).GetPaymentAsync(At(server.Uri));

        Assert.StartsWith("20241227T03", server.Requests[1].Header("x-oss-date"), StringComparison.Ordinal);
    }

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    // Other tests name the host by its address: what is learned here is not theirs, even if a port comes round again.
    private static OssLocation At(Uri endpoint) =>
        Clients.At(new Uri($"http://localhost:{endpoint.Port}"), style: AddressingStyle.Path);

    private static string Skewed(string details, params string[] headers) =>
        Http.FromOss(403, $"<Error><Code>RequestTimeTooSkewed</Code><Message>No.</Message>{details}</Error>", headers);
}
