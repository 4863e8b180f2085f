using System;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>Limits retries, so that a thousand failing requests do not become three thousand.</summary>
/// <remarks>
/// As in the standard retry mode of AWS, retries spend and successes pay back. Time pays back slowly, too.
/// </remarks>
internal sealed class RetryBudget(Clock clock)
{
    internal const int Capacity = 500;
    private const int RetryCost = 5;
    private const int RetryCostAfterTimeout = 10;

    /// <summary>One retry in 5 seconds, and all of them in 500.</summary>
    private const int RefillPerSecond = 1;

    private readonly Clock _clock = clock;
    private readonly object _lock = new();
    private int _balance = Capacity;
    private TimeSpan _refilledAt = clock.Elapsed;

    /// <summary>Pays for one retry, if there is enough left.</summary>
    internal bool TrySpend(bool isAfterTimeout)
    {
        int cost = isAfterTimeout ? RetryCostAfterTimeout : RetryCost;
        lock (_lock)
        {
            Refill();
            if (_balance < cost)
            {
                return false;
            }

            _balance -= cost;
            return true;
        }
    }

    /// <summary>Pays back for a success: the cost of its last retry, or a little if it needed none.</summary>
    internal void PayBack(int attempts)
    {
        lock (_lock)
        {
            _balance = Math.Min(Capacity, _balance + (attempts > 1 ? RetryCost : 1));
        }
    }

    private void Refill()
    {
        long seconds = (_clock.Elapsed - _refilledAt).Ticks / TimeSpan.TicksPerSecond;
        _refilledAt += TimeSpan.FromTicks(seconds * TimeSpan.TicksPerSecond);
        _balance = (int)Math.Min(Capacity, _balance + (seconds * RefillPerSecond));
    }
}
