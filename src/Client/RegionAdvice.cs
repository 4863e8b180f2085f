using OssPayment.Endpoints;

namespace OssPayment.Client;

/// <summary>
/// What the region has to do with a request that got no usable response at one of OSS's own host names.
/// </summary>
internal static class RegionAdvice
{
    /// <returns>Null where the region has nothing to do with it.</returns>
    internal static string? For(OssRequestException e) =>
        e.Endpoint is { } endpoint && OssHostName.Parse(endpoint.Host) is { Region: { } region } host
            ? For(region, host.Type, e.IsHostUnknown)
            : null;

    // A proxy or a provider may answer in the place of a host that does not exist, so for a region that is not known
    // any failure counts.
    private static string? For(string region, EndpointType type, bool isHostUnknown) => KnownRegions.Contains(region)
        ? isHostUnknown ? ForKnown(region, type) : null
        : $"The region {region} is not a known one. {Or(KnownRegions.Suggest(region), "Check how it is written.")}";

    private static string ForKnown(string region, EndpointType type) => type == EndpointType.Public
        ? $"The region {region} exists: check that this machine can resolve names (DNS)."
        : $"The region {region} exists: check that it has an endpoint of the type {type}, and that this machine can "
            + "resolve names (DNS).";

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
