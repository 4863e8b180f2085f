using System.Linq;
using OssPayment.Endpoints;

namespace OssPayment.Client;

/// <summary>
/// Advice about the region for a request that got no valid response at an OSS host name.
/// </summary>
internal static class RegionAdvice
{
    /// <returns>Null where the region is not the reason.</returns>
    internal static string? For(OssRequestException e) =>
        e.Endpoint is { } endpoint && OssHostName.Parse(endpoint.Host) is { Region: { } region } host
            ? For(region, host.Type, endpoint.Host, e.IsHostUnknown)
            : null;

    // A proxy or a provider may respond instead of a host that does not exist, so for an unknown region any failure
    // counts.
    private static string? For(string region, EndpointType type, string host, bool isHostUnknown) =>
        KnownRegions.Find(region) is not { } known
            ? $"'{region}' is not a known region. {Or(KnownRegions.Suggest(region), "Check the spelling.")}"
            : isHostUnknown ? ForKnown(known, type, host) : null;

    private static string ForKnown(KnownRegion known, EndpointType type, string host) => known.HostOf(type) switch
    {
        _ when known.Hosts.Contains(host) =>
            $"'{known.Id}' is a valid region. Check that this machine can resolve names (DNS).",
        null => OssHostName.NotIn(known, type),
        { } right => $"The {type} endpoint of region {known.Id} is {right}.",
    };

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
