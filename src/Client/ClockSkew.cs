using System;
using OssPayment.Caching;
using OssPayment.Endpoints;

namespace OssPayment.Client;

/// <summary>How far the clocks of endpoints are from this machine's, if OSS said that it is too far.</summary>
/// <remarks>
/// An offset is added after OSS has accepted a request that was signed with it, and removed after such a request fails.
/// </remarks>
internal static class ClockSkew
{
    /// <summary>
    /// A request that is signed for a later time could be captured and sent then. Seven days is the longest validity
    /// of a signature V4 (a presigned URL). A wrong time zone, a wrong day and a machine that slept are within it.
    /// </summary>
    private static readonly TimeSpan LargestOffset = TimeSpan.FromDays(7);

    private static readonly BoundedCache<string, Offset> Offsets = new(1000);

    /// <summary>The offset to sign with at an endpoint; zero if its clock is not known to differ.</summary>
    internal static TimeSpan Get(OssEndpoint endpoint) =>
        Offsets.TryGet(endpoint.ToString(), out Offset offset) ? offset.Time : TimeSpan.Zero;

    /// <summary>
    /// The offset of the server's time; null if it is too large, or if it may come from a third party: over plain
    /// http, except from this machine's own addresses.
    /// </summary>
    internal static TimeSpan? OffsetTo(OssEndpoint endpoint, DateTimeOffset serverTime, DateTimeOffset now)
    {
        bool isTrusted = endpoint.Uri.Scheme == Uri.UriSchemeHttps || endpoint.Uri.IsLoopback;
        TimeSpan offset = serverTime - now;
        return isTrusted && offset.Duration() <= LargestOffset ? offset : null;
    }

    /// <summary>Adds or removes the offset that a request was signed with.</summary>
    /// <param name="endpoint">The endpoint of the request.</param>
    /// <param name="offset">The offset that the request was signed with; zero changes nothing.</param>
    /// <param name="isAccepted">Whether OSS accepted the time and the signature.</param>
    internal static void Update(OssEndpoint endpoint, TimeSpan offset, bool isAccepted)
    {
        if (offset == TimeSpan.Zero)
        {
            return;
        }

        if (isAccepted)
        {
            Offsets.Set(endpoint.ToString(), new Offset(offset));
        }
        else
        {
            Offsets.Remove(endpoint.ToString());
        }
    }

    private sealed record Offset(TimeSpan Time);
}
