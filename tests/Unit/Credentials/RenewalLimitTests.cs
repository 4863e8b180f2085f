using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Credentials;
using OssPayment.Signing;
using OssPayment.Time;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>How long a renewal takes, and how long a command waits for it, by a clock that the tests move.</summary>
[Collection(nameof(EnvironmentCredentialsTests))]
public sealed class RenewalLimitTests : IDisposable
{
    private const string Json =
        """{"AccessKeyId":"STS.id","AccessKeySecret":"secret","SecurityToken":"token","Expiration":"2099-01-31T12:00:00Z"}""";

    private readonly ManualClock _clock = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private int _requests;

    private static string Variable => "ALIBABA_CLOUD_CREDENTIALS_URI";

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, _before);

    [Fact]
    public async Task A_command_waits_no_longer_than_its_timeout_for_a_renewal_of_another()
    {
        await using RawServer source = HangingOnce();
        Task<OssCredentials> first = Command(source, TimeSpan.FromSeconds(40)).GetAsync(CancellationToken.None);
        Task<OssCredentials> second = Command(source, TimeSpan.FromSeconds(2)).GetAsync(CancellationToken.None);
        await Patience.UntilAsync(() => source.Requests.Count == 1);

        TimeSpan start = _clock.Elapsed;
        await _clock.AdvanceUntilAsync(second);
        OssRequestException e = await Assert.ThrowsAsync<OssRequestException>(() => second);

        Assert.InRange((_clock.Elapsed - start).TotalSeconds, 2, 8);
        Assert.Equal((OssRequestError.CredentialSourceFailed, true), (e.Error, e.ConcernsAll));
        Assert.Contains($" 127.0.0.1:{source.Port} did not return credentials within 2 seconds. Check the network. -TimeoutSec limits the wait.", e.Message, StringComparison.Ordinal);
        Assert.False(first.IsCompleted);
        Assert.Single(source.Requests);
    }

    [Fact]
    public async Task A_renewal_ends_by_its_own_limit_and_the_next_command_starts_another()
    {
        await using RawServer source = HangingOnce();
        Task<OssCredentials> first = Command(source, TimeSpan.FromHours(1)).GetAsync(CancellationToken.None);
        await Patience.UntilAsync(() => source.Requests.Count == 1);

        TimeSpan start = _clock.Elapsed;
        await _clock.AdvanceUntilAsync(first);
        await Assert.ThrowsAsync<OssRequestException>(() => first);
        OssCredentials next = await Command(source, TimeSpan.FromSeconds(2)).GetAsync(CancellationToken.None).Soon();

        // The limit is 10 seconds, and one more for an error that says more.
        Assert.InRange((_clock.Elapsed - start).TotalSeconds, 10, 18);
        Assert.Equal("STS.id", next.AccessKeyId);
    }

    [Fact]
    public async Task A_command_that_is_stopped_leaves_one_attempt_and_no_retries()
    {
        await using RawServer source = HangingOnce();
        using var stop = new CancellationTokenSource();
        Task<OssCredentials> stopped = Command(source, TimeSpan.FromHours(1), retries: 100).GetAsync(stop.Token);
        await Patience.UntilAsync(() => source.Requests.Count == 1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.Soon());
        Task<OssCredentials> joining = Command(source, TimeSpan.FromHours(1)).GetAsync(CancellationToken.None);
        await _clock.AdvanceUntilAsync(joining);

        await Assert.ThrowsAsync<OssRequestException>(() => joining);
        Assert.Single(source.Requests);
    }

    [Fact]
    public async Task A_command_that_is_stopped_in_a_back_off_ends_it()
    {
        await using RawServer source = RawServer.Responding(Http.Response(503));
        using var stop = new CancellationTokenSource();
        var clock = new RecordingClock();
        Environment.SetEnvironmentVariable(Variable, $"{source.Uri}");
        Task<OssCredentials> stopped = CredentialChain.Choose(
            null, TimeSpan.FromHours(1), Clients.Policy(1, TimeSpan.FromHours(1), clock: clock), path => path)
            .GetAsync(stop.Token);
        await Patience.UntilAsync(() => clock.Delay is not null);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.Soon());
        await Patience.UntilAsync(() => clock.Delay!.IsCanceled);
    }

    [Fact]
    public async Task A_limit_that_passes_in_a_back_off_reports_why_the_last_attempt_failed()
    {
        await using RawServer source = RawServer.Responding(Http.Response(503));
        Environment.SetEnvironmentVariable(Variable, $"{source.Uri}");
        Task<OssCredentials> get = CredentialChain.Choose(
            null, TimeSpan.FromSeconds(2), Clients.Policy(1, TimeSpan.FromHours(1), clock: _clock), path => path)
            .GetAsync(CancellationToken.None);
        await Patience.UntilAsync(() => _clock.Delays.Count == 1);

        _clock.Advance(TimeSpan.FromSeconds(2));
        OssRequestException e = await Assert.ThrowsAsync<OssRequestException>(() => get.Soon());

        Assert.Contains($"127.0.0.1:{source.Port} returned HTTP 503", e.Message, StringComparison.Ordinal);
        Assert.Equal((OssRequestError.CredentialSourceFailed, 1, 503), (e.Error, e.Attempts, e.StatusCode));
    }

    /// <summary>A server that does not respond to the first request for credentials.</summary>
    private RawServer HangingOnce() => RawServer.Serving(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            if (Interlocked.Increment(ref _requests) == 1)
            {
                await Task.Delay(Timeout.Infinite, connection.Stopping);
            }

            await connection.WriteAsync(Http.Response(200, Json));
        }
    });

    private ICredentialProvider Command(RawServer source, TimeSpan timeout, int retries = 0)
    {
        Environment.SetEnvironmentVariable(Variable, $"{source.Uri}");
        return CredentialChain.Choose(null, timeout, Clients.Policy(retries, TimeSpan.Zero, clock: _clock), path => path);
    }

    /// <summary>The system's clock, whose delays run their continuations when they are cancelled.</summary>
    private sealed class RecordingClock : Clock
    {
        internal Task? Delay { get; private set; }

        internal override Task DelayAsync(TimeSpan delay, CancellationToken cancellation) =>
            Delay = base.DelayAsync(delay, cancellation);
    }
}
