using System;
using System.Linq;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Jittered = Clients.Policy(2, null);

    [Theory]
    [InlineData(1, 0.4)]
    [InlineData(2, 0.8)]
    [InlineData(3, 1.6)]
    [InlineData(4, 3.2)]
    [InlineData(5, 6.4)]
    [InlineData(6, 12.8)]
    [InlineData(7, 20)]
    [InlineData(8, 20)]
    [InlineData(64, 20)]
    [InlineData(int.MaxValue, 20)]
    public void The_delay_is_random_below_a_ceiling_that_doubles_up_to_20_seconds(int attempt, double ceiling)
    {
        double[] delays = [.. Enumerable.Range(0, 2000).Select(_ => Jittered.DelayAfter(attempt, null).TotalSeconds)];

        Assert.All(delays, delay => Assert.InRange(delay, 0, ceiling));
        Assert.Contains(delays, delay => delay < ceiling * 0.05);
        Assert.Contains(delays, delay => delay > ceiling * 0.95);
    }

    [Fact]
    public void A_specified_interval_is_used_for_every_attempt()
    {
        var policy = Clients.Policy(100, TimeSpan.FromSeconds(7));

        Assert.All(Enumerable.Range(1, 100), attempt => Assert.Equal(7, policy.DelayAfter(attempt, null).TotalSeconds));
    }

    [Theory]
    [InlineData(5, 3, 5)]
    [InlineData(5, 9, 9)]
    [InlineData(5, 20, 20)]
    [InlineData(5, 21, 20)]
    [InlineData(5, 1e9, 20)]
    [InlineData(60, 30, 60)]
    [InlineData(5, -1, 5)]
    [InlineData(0, 1, 1)]
    [InlineData(0, -1e9, 0)]
    public void Retry_After_is_followed_up_to_20_seconds(double interval, double retryAfter, double delay)
    {
        var policy = Clients.Policy(2, TimeSpan.FromSeconds(interval));

        Assert.Equal(delay, policy.DelayAfter(1, new(TimeSpan.FromSeconds(retryAfter))).TotalSeconds);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(7, 7)]
    [InlineData(20, 20)]
    [InlineData(21, 20)]
    [InlineData(1e9, 20)]
    public void A_date_in_Retry_After_is_a_delay_from_now(double fromNow, double delay)
    {
        var clock = new ManualClock();
        RetryPolicy policy = Clients.Policy(2, TimeSpan.Zero, clock: clock);

        Assert.Equal(delay, policy.DelayAfter(1, new(clock.UtcNow.AddSeconds(fromNow))).TotalSeconds);
    }

    [Fact]
    public void Jitter_is_never_shorter_than_Retry_After()
    {
        Assert.All(
            Enumerable.Range(0, 500),
            _ => Assert.InRange(Jittered.DelayAfter(4, new(TimeSpan.FromSeconds(3))).TotalSeconds, 3, 3.2));
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(599, true)]
    [InlineData(501, false)]
    [InlineData(505, false)]
    [InlineData(511, false)]
    [InlineData(200, false)]
    [InlineData(301, false)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(407, false)]
    [InlineData(409, false)]
    [InlineData(499, false)]
    public void Only_responses_that_a_retry_may_change_are_transient(int status, bool isTransient)
    {
        OssException[] failures =
        [
            new OssServiceException("Any", "No.", status, new Uri("http://localhost")),
            new OssRequestException(OssRequestError.InvalidResponse, "No.") { StatusCode = status },
        ];

        Assert.All(failures, failure => Assert.Equal(isTransient, failure.IsTransient));
    }
}
