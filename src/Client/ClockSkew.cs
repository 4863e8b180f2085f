using System;
using System.Collections.Concurrent;
using OssPayment.Endpoints;

namespace OssPayment.Client;

/// <summary>How far the clocks of endpoints are from this machine's, where OSS said that it is too far.</summary>
internal static class ClockSkew
{
    /// <summary>A clock that was never set stands at 1970 or 1980; anything further off is no clock.</summary>
    private static readonly TimeSpan LargestOffset = TimeSpan.FromDays(365 * 100);

    private static readonly ConcurrentDictionary<string, TimeSpan> Offsets = new(StringComparer.Ordinal);

    internal static DateTimeOffset Now(OssEndpoint endpoint)
    {
        Offsets.TryGetValue(endpoint.Uri.Authority, out TimeSpan offset);
        return DateTimeOffset.UtcNow + offset;
    }

    /// <returns>Whether it is a time that a clock could show.</returns>
    internal static bool Learn(OssEndpoint endpoint, DateTimeOffset serverTime)
    {
        TimeSpan offset = serverTime - DateTimeOffset.UtcNow;
        if (offset.Duration() > LargestOffset)
        {
            return false;
        }

        Offsets[endpoint.Uri.Authority] = offset;
        return true;
    }
}
