using System;
using System.Collections.Concurrent;
using OssPayment.Endpoints;

namespace OssPayment.Client;

/// <summary>How far the clocks of endpoints are from this machine's, where OSS said that it is too far.</summary>
/// <remarks>
/// Each offset is a hint: it is learned once OSS has accepted a request that was signed with it, and forgotten when
/// such a request fails.
/// </remarks>
internal static class ClockSkew
{
    private const int Capacity = 1000;

    /// <summary>
    /// Whoever gets hold of a request that is signed for a later time can send it then. Seven days is the longest that
    /// OSS lets a signature V4 be valid in advance (a presigned URL); a wrong time zone, a wrong day and a machine that
    /// slept are within it.
    /// </summary>
    private static readonly TimeSpan LargestOffset = TimeSpan.FromDays(7);

    private static readonly ConcurrentDictionary<string, TimeSpan> Offsets = new(StringComparer.Ordinal);

    /// <summary>The offset to sign with at an endpoint; zero where nothing was learned.</summary>
    internal static TimeSpan Get(OssEndpoint endpoint) =>
        Offsets.TryGetValue(endpoint.ToString(), out TimeSpan offset) ? offset : TimeSpan.Zero;

    /// <summary>
    /// The offset that the server's time gives; null where it is too large to be believed, or where others than the
    /// endpoint may have told it: over plain http, but for this machine's own addresses.
    /// </summary>
    internal static TimeSpan? OffsetTo(OssEndpoint endpoint, DateTimeOffset serverTime, DateTimeOffset now)
    {
        bool isTrusted = endpoint.Uri.Scheme == Uri.UriSchemeHttps || endpoint.Uri.IsLoopback;
        TimeSpan offset = serverTime - now;
        return isTrusted && offset.Duration() <= LargestOffset ? offset : null;
    }

    /// <summary>Learns the offset that a request was signed with, or forgets it.</summary>
    /// <param name="endpoint">The endpoint that was asked.</param>
    /// <param name="offset">The offset that the request was signed with; of zero there is nothing to learn.</param>
    /// <param name="isAccepted">Whether OSS took the time and the signature.</param>
    internal static void Update(OssEndpoint endpoint, TimeSpan offset, bool isAccepted)
    {
        if (offset == TimeSpan.Zero)
        {
            return;
        }

        if (!isAccepted)
        {
            Offsets.TryRemove(endpoint.ToString(), out _);
            return;
        }

        if (Offsets.Count >= Capacity)
        {
            Offsets.Clear();
        }

        Offsets[endpoint.ToString()] = offset;
    }
}
