using System;
using OssPayment.Caching;
using OssPayment.Time;

namespace OssPayment.Client;

/// <summary>What was asked within the last minute, so that it need not be asked again at every key.</summary>
internal sealed class RecentResults
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(1);

    private readonly BoundedCache<string, (object Result, TimeSpan Time)> _results = new(100);
    private readonly Clock _clock;

    internal RecentResults(Clock clock)
    {
        _clock = clock;
    }

    /// <param name="question">What was asked where, and by whom.</param>
    /// <param name="ask">Asks it, unless there is a recent result. What fails is asked again the next time.</param>
    internal TResult Get<TResult>(string question, Func<TResult> ask)
        where TResult : class
    {
        if (_results.TryGet(question, out (object Result, TimeSpan Time) recent)
            && _clock.Elapsed - recent.Time < MaximumAge)
        {
            return (TResult)recent.Result;
        }

        TResult result = ask();
        _results.Set(question, (result, _clock.Elapsed));
        return result;
    }
}
