using System;
using System.Threading;

namespace OssPayment.Transport;

/// <summary>What retries may cost, so that a thousand failing requests do not become three thousand.</summary>
/// <remarks>As AWS's standard retry mode keeps one: retries spend, successes pay back.</remarks>
internal sealed class RetryBudget
{
    internal const int Capacity = 500;
    private const int RetryCost = 5;
    private const int RetryCostAfterTimeout = 10;

    private int _balance = Capacity;

    /// <summary>The budget that all cmdlets of the process share.</summary>
    internal static RetryBudget Shared { get; } = new();

    /// <summary>Pays for one retry, if there is enough left.</summary>
    internal bool TrySpend(bool isAfterTimeout)
    {
        int cost = isAfterTimeout ? RetryCostAfterTimeout : RetryCost;
        while (true)
        {
            int balance = Volatile.Read(ref _balance);
            if (balance < cost)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _balance, balance - cost, balance) == balance)
            {
                return true;
            }
        }
    }

    /// <summary>Pays back for a success: all that its last retry cost, or a little where it needed none.</summary>
    internal void PayBack(int attempts)
    {
        int amount = attempts > 1 ? RetryCost : 1;
        int balance;
        do
        {
            balance = Volatile.Read(ref _balance);
            if (balance == Capacity)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _balance, Math.Min(Capacity, balance + amount), balance) != balance);
    }
}
