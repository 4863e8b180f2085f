using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>Whether a request is sent again, and after how long: the rules are those of the vendor's SDKs.</summary>
/// <param name="maximumRetryCount">The largest number of retries of a request.</param>
/// <param name="interval">The time between two attempts; null for full-jitter back-off.</param>
/// <param name="budgets">The budgets that pay for the retries.</param>
/// <param name="clock">The clock to wait by.</param>
internal sealed class RetryPolicy(int maximumRetryCount, TimeSpan? interval, RetryBudgets budgets, Clock clock)
{
    private static readonly TimeSpan BaseDelay = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromSeconds(20);

    [ThreadStatic]
    private static Random? _random;

    private readonly int _maximumRetryCount = maximumRetryCount;
    private readonly TimeSpan? _interval = interval;
    private readonly RetryBudgets _budgets = budgets;

    internal Clock Clock { get; } = clock;

    /// <summary>Attempts the work until it succeeds, its failure is not transient, or no retry is left.</summary>
    /// <param name="work">The request, or the source of credentials.</param>
    /// <param name="cancellation">Ends the wait between two attempts.</param>
    /// <exception cref="OssException">What <see cref="IRetried{TResult}.Failure"/> makes of the last one.</exception>
    internal async Task<TResult> RunAsync<TResult>(IRetried<TResult> work, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                TResult result = await work.AttemptAsync(attempt).ConfigureAwait(false);
                Succeeded(attempt, work.Endpoint);
                return result;
            }
            catch (OssException e)
            {
                if (!e.IsTransient || !AllowsAnother(e, attempt, work.Endpoint))
                {
                    throw work.Failure(e, attempt);
                }
            }

            TimeSpan delay = DelayAfter(attempt, work.RetryAfter);
            work.WillRetry(attempt, delay);
            await Clock.DelayAsync(delay, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether another attempt may follow, which the endpoint's budget then pays for.</summary>
    /// <param name="e">How the attempt failed.</param>
    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    /// <param name="endpoint">The endpoint of the attempt, without a bucket.</param>
    internal bool AllowsAnother(OssException e, int attempt, string endpoint) =>
        attempt <= _maximumRetryCount
        && _budgets.For(endpoint).TrySpend(e is OssRequestException { Error: OssRequestError.RequestTimedOut });

    /// <summary>Records that a request succeeded.</summary>
    /// <param name="attempts">How many attempts it took.</param>
    /// <param name="endpoint">The endpoint of the last one, without a bucket.</param>
    internal void Succeeded(int attempts, string endpoint) => _budgets.For(endpoint).PayBack(attempts);

    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    /// <param name="retryAfter">The server's Retry-After, which is followed up to the longest back-off.</param>
    internal TimeSpan DelayAfter(int attempt, RetryConditionHeaderValue? retryAfter)
    {
        TimeSpan delay = _interval ?? FullJitter(attempt);
        TimeSpan requested = retryAfter?.Delta ?? (retryAfter?.Date - Clock.UtcNow) ?? TimeSpan.Zero;
        requested = Shorter(requested, MaximumDelay);
        return requested > delay ? requested : delay;
    }

    private static TimeSpan FullJitter(int attempt)
    {
        // After seven doublings the maximum is reached.
        TimeSpan ceiling = Shorter(TimeSpan.FromTicks(BaseDelay.Ticks << Math.Min(attempt, 7)), MaximumDelay);
        _random ??= new Random(Guid.NewGuid().GetHashCode());
        return TimeSpan.FromTicks((long)(ceiling.Ticks * _random.NextDouble()));
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
