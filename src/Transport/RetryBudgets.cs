using System;
using System.Collections.Concurrent;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>A <see cref="RetryBudget"/> for each endpoint, so that one that is down takes no other's retries.</summary>
internal sealed class RetryBudgets
{
    /// <summary>Far more than there are regions. Beyond it, all begin anew.</summary>
    private const int Capacity = 1000;

    private readonly ConcurrentDictionary<string, RetryBudget> _budgets = new(StringComparer.Ordinal);
    private readonly Clock _clock;

    internal RetryBudgets(Clock clock)
    {
        _clock = clock;
    }

    /// <summary>The budgets that all cmdlets of the process share.</summary>
    internal static RetryBudgets Shared { get; } = new(Clock.System);

    /// <param name="endpoint">Scheme, host and port, without a bucket.</param>
    internal RetryBudget For(string endpoint)
    {
        if (_budgets.TryGetValue(endpoint, out RetryBudget? budget))
        {
            return budget;
        }

        if (_budgets.Count >= Capacity)
        {
            _budgets.Clear();
        }

        return _budgets.GetOrAdd(endpoint, _ => new RetryBudget(_clock));
    }
}
