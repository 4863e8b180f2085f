using System.Collections.Concurrent;
using OssPayment.Endpoints;

namespace OssPayment.Client;

/// <summary>
/// Remembers, for the life of the process, the region of each bucket that was found outside the default region.
/// </summary>
/// <remarks>
/// Each is a hint: it is learned once that region has accepted a request, forgotten when a request fails there, and
/// used in place of a default region alone. What is learned of one kind of endpoint, by one scheme and port, with one
/// identity, says nothing about the others.
/// </remarks>
internal static class BucketRegionCache
{
    private const int Capacity = 10_000;

    private static readonly ConcurrentDictionary<(string, int, EndpointType, string, string), string> Regions = new();

    internal static string? Get(string bucket, OssLocation location, string identity) =>
        Regions.TryGetValue(Key(bucket, location, identity), out string? region) ? region : null;

    /// <param name="bucket">The bucket that was found.</param>
    /// <param name="location">Where it was found, which is at one of OSS's own endpoints.</param>
    /// <param name="identity">Whose credentials the request was signed with.</param>
    internal static void Add(string bucket, OssLocation location, string identity)
    {
        if (Regions.Count >= Capacity)
        {
            Regions.Clear();
        }

        Regions[Key(bucket, location, identity)] = location.Region;
    }

    internal static void Remove(string bucket, OssLocation location, string identity) =>
        Regions.TryRemove(Key(bucket, location, identity), out _);

    private static (string, int, EndpointType, string, string) Key(
        string bucket, OssLocation location, string identity) =>
        (location.Endpoint.Uri.Scheme,
            location.Endpoint.Uri.Port,
            location.Endpoint.Standard!.Type,
            identity,
            bucket);
}
