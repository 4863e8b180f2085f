using System;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace OssPayment.Client;

/// <summary>What was asked within the last minute, so that it need not be asked again at every key.</summary>
internal sealed class RecentResults
{
    private const int Capacity = 100;

    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (object Result, TimeSpan Time)> _results = new();
    private readonly Func<TimeSpan> _clock;

    /// <param name="clock">The time since any fixed moment; null for that of the system's uptime.</param>
    internal RecentResults(Func<TimeSpan>? clock = null)
    {
        _clock = clock ?? (() => TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency));
    }

    /// <param name="question">What was asked where, and by whom.</param>
    /// <param name="ask">Asks it, unless there is a recent result. What fails is asked again the next time.</param>
    internal TResult Get<TResult>(string question, Func<TResult> ask)
        where TResult : class
    {
        if (_results.TryGetValue(question, out (object Result, TimeSpan Time) recent)
            && _clock() - recent.Time < MaximumAge)
        {
            return (TResult)recent.Result;
        }

        TResult result = ask();
        if (_results.Count >= Capacity)
        {
            _results.Clear();
        }

        _results[question] = (result, _clock());
        return result;
    }
}
