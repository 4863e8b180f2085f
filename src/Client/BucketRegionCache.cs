using OssPayment.Caching;
using OssPayment.Endpoints;

namespace OssPayment.Client;

/// <summary>The regions of buckets that were found outside the default region, for the life of the process.</summary>
/// <remarks>
/// A region is added after it has accepted a request, removed after a request fails there, and replaces only a default
/// region. It counts for one type of endpoint, scheme, port and identity.
/// </remarks>
internal static class BucketRegionCache
{
    private static readonly BoundedCache<Key, string> Regions = new(10_000);

    internal static string? Get(string bucket, OssLocation location, string identity) =>
        Regions.TryGet(KeyOf(bucket, location, identity), out string region) ? region : null;

    /// <param name="bucket">The bucket that was found.</param>
    /// <param name="location">Where it was found: at an OSS endpoint.</param>
    /// <param name="identity">The identity of the credentials that the request was signed with.</param>
    internal static void Add(string bucket, OssLocation location, string identity) =>
        Regions.Set(KeyOf(bucket, location, identity), location.Region);

    internal static void Remove(string bucket, OssLocation location, string identity) =>
        Regions.Remove(KeyOf(bucket, location, identity));

    private static Key KeyOf(string bucket, OssLocation location, string identity) => new(
        location.Endpoint.Uri.Scheme,
        location.Endpoint.Uri.Port,
        location.Endpoint.Standard!.Type,
        identity,
        bucket);

    private sealed record Key(string Scheme, int Port, EndpointType Type, string Identity, string Bucket);
}
