using System;
using System.Net.Http.Headers;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>When a request is sent again, and after how long: as the vendor's SDKs do it.</summary>
internal sealed class RetryPolicy
{
    private static readonly TimeSpan BaseDelay = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromSeconds(20);

    [ThreadStatic]
    private static Random? _random;

    private readonly int _maximumRetryCount;
    private readonly TimeSpan? _interval;
    private readonly RetryBudgets _budgets;

    /// <param name="maximumRetryCount">How many times a request is sent again at the most.</param>
    /// <param name="interval">The time between two attempts; null for full-jitter back-off.</param>
    /// <param name="budgets">The budgets that pay for the retries.</param>
    /// <param name="clock">The time to wait by.</param>
    internal RetryPolicy(int maximumRetryCount, TimeSpan? interval, RetryBudgets budgets, Clock clock)
    {
        _maximumRetryCount = maximumRetryCount;
        _interval = interval;
        _budgets = budgets;
        Clock = clock;
    }

    internal Clock Clock { get; }

    /// <summary>Whether the same request may succeed when it is sent again.</summary>
    internal static bool IsTransient(OssException e) => e switch
    {
        OssServiceException => IsTransient(e.StatusCode),
        OssRequestException { Error: OssRequestError.RequestTimedOut } => true,
        OssRequestException { Error: OssRequestError.RequestFailed } failed =>
            !failed.IsTlsFailure && !failed.IsUnsupported && (failed.StatusCode == 0 || IsTransient(failed.StatusCode)),
        OssRequestException { Error: OssRequestError.InvalidResponse } => IsTransient(e.StatusCode),
        _ => false,
    };

    /// <summary>Whether another attempt may follow, which the endpoint's budget then pays for.</summary>
    /// <param name="e">How the attempt failed.</param>
    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    /// <param name="endpoint">The endpoint that was asked, without a bucket.</param>
    internal bool AllowsAnother(OssException e, int attempt, string endpoint) =>
        attempt <= _maximumRetryCount
        && _budgets.For(endpoint).TrySpend(e is OssRequestException { Error: OssRequestError.RequestTimedOut });

    /// <summary>Notes that a request succeeded.</summary>
    /// <param name="attempts">How many attempts it took.</param>
    /// <param name="endpoint">The endpoint that answered the last of them, without a bucket.</param>
    internal void Succeeded(int attempts, string endpoint) => _budgets.For(endpoint).PayBack(attempts);

    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    /// <param name="retryAfter">The server's Retry-After; honoured up to the longest back-off.</param>
    internal TimeSpan DelayAfter(int attempt, RetryConditionHeaderValue? retryAfter)
    {
        TimeSpan delay = _interval ?? FullJitter(attempt);
        TimeSpan requested = retryAfter?.Delta ?? (retryAfter?.Date - Clock.UtcNow) ?? TimeSpan.Zero;
        requested = Shorter(requested, MaximumDelay);
        return requested > delay ? requested : delay;
    }

    private static bool IsTransient(int statusCode) => statusCode is 408 or 429 or >= 500;

    private static TimeSpan FullJitter(int attempt)
    {
        // Beyond seven doublings the cap holds, whatever the attempt.
        TimeSpan ceiling = Shorter(TimeSpan.FromTicks(BaseDelay.Ticks << Math.Min(attempt, 7)), MaximumDelay);
        _random ??= new Random(Guid.NewGuid().GetHashCode());
        return TimeSpan.FromTicks((long)(ceiling.Ticks * _random.NextDouble()));
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
