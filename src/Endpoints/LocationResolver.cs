using System;

namespace OssPayment.Endpoints;

/// <summary>Works out region and endpoint from what was given, where it was given.</summary>
internal sealed class LocationResolver
{
    private readonly EndpointType? _type;
    private readonly AddressingStyle? _style;

    /// <param name="type">The kind of endpoint that was asked for; null if none was.</param>
    /// <param name="style">The addressing style that was asked for; null if none was.</param>
    internal LocationResolver(EndpointType? type, AddressingStyle? style)
    {
        _type = type;
        _style = style;
    }

    /// <param name="sources">What was given, the most specific source first; the last one holds the defaults.</param>
    /// <exception cref="OssRequestException">
    /// No region, or an endpoint that is none or contradicts the region.
    /// </exception>
    internal OssLocation Resolve(params LocationSource[] sources)
    {
        int regionRank = Array.FindIndex(sources, s => s.Region is not null);
        int endpointRank = Array.FindIndex(sources, s => s.Endpoint is not null);
        string? region = regionRank < 0 ? null : OssRegion.Parse(sources[regionRank].Region!);
        if (endpointRank < 0)
        {
            return AtStandardEndpoint(
                region ?? throw NoRegion("No region was given."), isDefault: regionRank == sources.Length - 1);
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
                $"The endpoint '{endpoint}' names a bucket. Give the endpoint without the bucket, and the bucket with "
                + "-Bucket.");
        }

        bool isFromOnePlace = regionRank == endpointRank;
        if (isFromOnePlace && region is not null && standard.Region is not null && region != standard.Region)
        {
            throw OssEndpoint.Invalid(
                $"The endpoint '{endpoint}' is in {standard.Region}, and the region given with it is {region}. Give "
                + "the one or the other: an OSS endpoint names its region, and a region its endpoint.");
        }

        // A region that was given wins, because OSS serves a bucket at its own region's endpoint alone; one that is a
        // mere default does not win over an endpoint that was given.
        int defaults = sources.Length - 1;
        bool isFromEndpoint = standard.Region is not null
            && (region is null || (regionRank == defaults && endpointRank < defaults));
        string chosen = (isFromEndpoint ? standard.Region : region) ?? throw Unnamed(endpoint);
        OssEndpoint moved = endpoint.MovedTo(chosen, _type ?? standard.Type);
        return new OssLocation(chosen, moved, StyleAt(moved))
        {
            IsDefaultRegion = (isFromEndpoint ? endpointRank : regionRank) == defaults,
        };
    }

    private OssLocation AtStandardEndpoint(string region, bool isDefault)
    {
        if (_style == AddressingStyle.CName)
        {
            throw OssEndpoint.Invalid(
                "CName addressing was asked for without an endpoint. Give your domain that is bound to the bucket with "
                + "-Endpoint.");
        }

        var endpoint = OssEndpoint.For(region, _type ?? EndpointType.Public);
        return new OssLocation(region, endpoint, StyleAt(endpoint)) { IsDefaultRegion = isDefault };
    }

    private AddressingStyle StyleAt(OssEndpoint endpoint) =>
        endpoint.IsIPAddress ? AddressingStyle.Path : _style ?? AddressingStyle.Virtual;

    private static OssRequestException Unnamed(OssEndpoint endpoint) =>
        NoRegion($"No region was given, and the endpoint '{endpoint}' names none.");

    private static OssRequestException NoRegion(string message) => new(
        OssRequestError.RegionNotFound,
        $"{message} Give it with -Region or in the environment variable OSS_REGION, such as cn-hangzhou.");
}
