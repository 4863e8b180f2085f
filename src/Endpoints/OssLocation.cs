using System;

namespace OssPayment.Endpoints;

/// <summary>Where a bucket is asked: its region, the endpoint, and how the bucket is named in the URL.</summary>
internal sealed class OssLocation
{
    internal OssLocation(string region, OssEndpoint endpoint, AddressingStyle style)
    {
        Region = region;
        Endpoint = endpoint;
        Style = style;
    }

    internal string Region { get; }

    internal OssEndpoint Endpoint { get; }

    internal AddressingStyle Style { get; }

    /// <summary>
    /// Whether nobody gave this region for the bucket: it comes from the environment, and may be replaced.
    /// </summary>
    internal bool IsDefaultRegion { get; init; }

    /// <summary>
    /// Whether the record brought an endpoint that is not OSS's own: the next one may be another service's.
    /// </summary>
    internal bool IsOfOneRecord { get; set; }

    /// <summary>
    /// Whether another region's endpoint may take this one's place: never that of a host that is not OSS's own.
    /// </summary>
    internal bool CanMove => Endpoint.Standard is not null && Style != AddressingStyle.CName;

    /// <summary>
    /// The same for a bucket of another region: at that region's endpoint of the same kind, where it can move.
    /// </summary>
    internal OssLocation InRegion(string region) =>
        new(region, CanMove ? Endpoint.MovedTo(region, Endpoint.Standard!.Type) : Endpoint, Style);

    /// <summary>Refuses a domain of the user's own where the service itself is asked.</summary>
    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidEndpoint"/>.</exception>
    internal void ThrowIfBoundToBucket()
    {
        if (Style == AddressingStyle.CName)
        {
            throw OssEndpoint.Invalid(
                $"'{Endpoint}' is bound to one bucket, and what is asked is not about that one. Leave out "
                + "-AddressingStyle CName, and give an endpoint of OSS's.");
        }
    }

    /// <summary>The URL of a bucket's sub-resource, or of the service's where there is no bucket.</summary>
    /// <param name="bucket">A valid bucket name; null for the service.</param>
    /// <param name="encodedQuery">The query as it is signed.</param>
    /// <exception cref="OssRequestException">.NET would send the query in another form than it is signed.</exception>
    internal Uri UriFor(string? bucket, string encodedQuery)
    {
        Uri endpoint = Endpoint.Uri;
        string authority = endpoint.Authority;
        string root = Style switch
        {
            _ when bucket is null || Style == AddressingStyle.CName => $"{endpoint.Scheme}://{authority}/",
            AddressingStyle.Path => $"{endpoint.Scheme}://{authority}/{bucket}/",
            _ => $"{endpoint.Scheme}://{bucket}.{authority}/",
        };
        var uri = new Uri(encodedQuery.Length == 0 ? root : $"{root}?{encodedQuery}");
        ThrowIfRewritten(uri, encodedQuery);
        return uri;
    }

    /// <summary>Refuses what .NET rewrites, which differs between versions: OSS would find a wrong signature.</summary>
    private static void ThrowIfRewritten(Uri uri, string encodedQuery)
    {
        if (encodedQuery.IndexOf('%') >= 0
            && uri.GetComponents(UriComponents.Query, UriFormat.UriEscaped) != encodedQuery)
        {
            throw new OssRequestException(
                OssRequestError.InvalidResponse,
                $"{uri.Authority} continues its listing with a token that this version of .NET changes when it is sent "
                + "back, so it was not sent. Name the buckets and requesters instead of listing them, or use "
                + "PowerShell 7.");
        }
    }
}
