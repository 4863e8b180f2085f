using System;
using OssPayment.Caching;
using OssPayment.Time;

namespace OssPayment.Completion;

/// <summary>The results of queries of the last minute, so that completion does not repeat them at every key.</summary>
internal sealed class RecentResults(Clock clock)
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(1);

    private readonly BoundedCache<string, Recent> _results = new(100);
    private readonly Clock _clock = clock;

    /// <param name="query">Identifies the query: its URL, region and identity.</param>
    /// <param name="send">Sends the query if there is no recent result. A failure is not kept.</param>
    internal TResult Get<TResult>(string query, Func<TResult> send)
        where TResult : class
    {
        if (_results.TryGet(query, out Recent recent)
            && _clock.Elapsed - recent.Time < MaximumAge)
        {
            return (TResult)recent.Result;
        }

        TResult result = send();
        _results.Set(query, new Recent(result, _clock.Elapsed));
        return result;
    }

    private sealed record Recent(object Result, TimeSpan Time);
}
