using System;

namespace OssPayment.Endpoints;

/// <summary>Determines region and endpoint from those that each source specifies, and from a listing.</summary>
/// <param name="type">The type of endpoint that was specified; null if none was.</param>
/// <param name="style">The addressing style that was specified; null if none was.</param>
internal sealed class LocationResolver(EndpointType? type, AddressingStyle? style)
{
    private readonly EndpointType? _type = type;
    private readonly AddressingStyle? _style = style;

    /// <param name="sources">The sources, the most specific first; the last one has the defaults.</param>
    /// <exception cref="OssRequestException">
    /// No region, or an endpoint that is not valid, does not exist or is another known region's.
    /// </exception>
    internal OssLocation Resolve(params LocationSource[] sources)
    {
        int regionRank = Array.FindIndex(sources, s => s.Region is not null);
        int endpointRank = Array.FindIndex(sources, s => s.Endpoint is not null);
        string? region = regionRank < 0 ? null : OssRegion.Parse(sources[regionRank].Region!);
        if (endpointRank < 0)
        {
            return AtStandardEndpoint(
                region ?? throw NoRegion("No region was specified."), isDefault: regionRank == sources.Length - 1);
        }

        OssEndpoint endpoint = OssEndpoint.Parse(sources[endpointRank].Endpoint!);
        if (_style == AddressingStyle.CName)
        {
            return new OssLocation(
                region ?? endpoint.Standard?.Region ?? throw Unnamed(endpoint), endpoint, AddressingStyle.CName);
        }

        if (endpoint.Standard is not { } standard)
        {
            return new OssLocation(region ?? throw Unnamed(endpoint), endpoint, StyleAt(endpoint));
        }

        if (standard.NamesBucket)
        {
            throw OssEndpoint.Invalid(
                $"The endpoint '{endpoint}' contains a bucket. Use the endpoint without the bucket, and specify the "
                + "bucket with -Bucket.");
        }

        bool isFromOneSource = regionRank == endpointRank;
        if (isFromOneSource
            && standard.Region is not null && region != standard.Region && KnownRegions.Contains(standard.Region))
        {
            throw OssEndpoint.Invalid(
                $"The endpoint '{endpoint}' is in {standard.Region}, but the region is {region}. Specify only one of "
                + "them.");
        }

        // A region that was specified counts before the endpoint of another source, because OSS serves a bucket only at
        // its own region's endpoint; a default region does not count before an endpoint that was specified.
        int defaults = sources.Length - 1;
        bool isFromEndpoint = standard.Region is not null
            && (region is null || (regionRank == defaults && endpointRank < defaults));
        string chosen = (isFromEndpoint ? standard.Region : region) ?? throw Unnamed(endpoint);
        OssEndpoint moved = endpoint.MovedTo(
            isFromOneSource ? standard.Region ?? chosen : chosen, _type ?? standard.Type);
        return new OssLocation(chosen, moved, StyleAt(moved))
        {
            IsDefaultRegion = (isFromEndpoint ? endpointRank : regionRank) == defaults,
        };
    }

    /// <summary>Where to request a bucket that was listed at a location.</summary>
    /// <exception cref="OssRequestException">
    /// The listed region is not valid, or has no endpoint of the type.
    /// </exception>
    internal OssLocation Resolve(OssLocation listing, ListedPlace place)
    {
        string region = OssRegion.Parse(place.Region);
        return listing.CanMove && EndpointIn(place, region, listing.Endpoint) is { } endpoint
            ? listing.At(region, endpoint)
            : region == listing.Region ? listing.At(region, listing.Endpoint)
            : listing.InRegion(region);
    }

    /// <summary>The endpoint that the listing names for a bucket; null where another one is to be used.</summary>
    /// <remarks>
    /// A listing can name only hosts of OSS itself, and not one of another known region. Where a type was specified,
    /// the table counts before the listing.
    /// </remarks>
    private OssEndpoint? EndpointIn(ListedPlace place, string region, OssEndpoint current)
    {
        OssHostName standard = current.Standard!;
        string? host = standard.Type switch
        {
            EndpointType.Public => place.ExtranetEndpoint,
            EndpointType.Internal => place.IntranetEndpoint,
            _ => null,
        };
        if (host is null || (_type is not null && KnownRegions.Contains(region))
            || OssHostName.Parse(host) is not { NamesBucket: false, Region: { } named } listed
            || listed.Type != standard.Type
            || (named != region && KnownRegions.Contains(named)))
        {
            return null;
        }

        return named == standard.Region ? current : current.At(host);
    }

    private OssLocation AtStandardEndpoint(string region, bool isDefault)
    {
        if (_style == AddressingStyle.CName)
        {
            throw OssEndpoint.Invalid(
                "CName addressing requires -Endpoint with the custom domain that is bound to the bucket.");
        }

        var endpoint = OssEndpoint.For(region, _type ?? EndpointType.Public);
        return new OssLocation(region, endpoint, StyleAt(endpoint)) { IsDefaultRegion = isDefault };
    }

    private AddressingStyle StyleAt(OssEndpoint endpoint) =>
        endpoint.IsIPAddress ? AddressingStyle.Path : _style ?? AddressingStyle.Virtual;

    private static OssRequestException Unnamed(OssEndpoint endpoint) =>
        NoRegion($"No region was specified, and the endpoint '{endpoint}' does not contain one.");

    private static OssRequestException NoRegion(string message) => new(
        OssRequestError.RegionNotFound,
        $"{message} Use -Region or the environment variable OSS_REGION, such as cn-hangzhou.");
}
