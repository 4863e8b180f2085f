using OssPayment.Caching;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>A <see cref="RetryBudget"/> for each endpoint: one that is down uses no retries of the others.</summary>
internal sealed class RetryBudgets(Clock clock)
{
    private readonly BoundedCache<string, RetryBudget> _budgets = new(1000);
    private readonly Clock _clock = clock;

    /// <summary>The budgets that all cmdlets of the process share.</summary>
    internal static RetryBudgets Shared { get; } = new(Clock.System);

    /// <param name="endpoint">Scheme, host and port, without a bucket.</param>
    internal RetryBudget For(string endpoint) => _budgets.TryGet(endpoint, out RetryBudget budget)
        ? budget
        : _budgets.GetOrAdd(endpoint, new RetryBudget(_clock));
}
