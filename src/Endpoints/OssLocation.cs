using System;

namespace OssPayment.Endpoints;

/// <summary>Where a request goes: the region, the endpoint, and how the bucket is named in the URL.</summary>
internal sealed class OssLocation(string region, OssEndpoint endpoint, AddressingStyle style)
{
    /// <summary>The region that requests are signed for.</summary>
    internal string Region { get; } = region;

    internal OssEndpoint Endpoint { get; } = endpoint;

    internal AddressingStyle Style { get; } = style;

    /// <summary>
    /// Whether the region was not specified for the bucket: it comes from the environment, and may be replaced.
    /// </summary>
    internal bool IsDefaultRegion { get; init; }

    /// <summary>
    /// Whether the record has a custom endpoint: the next record may have that of another service.
    /// </summary>
    internal bool IsOfOneRecord { get; private init; }

    /// <summary>
    /// Whether another region's endpoint may replace this one: never where this is a custom endpoint.
    /// </summary>
    internal bool CanMove => Endpoint.Standard is not null && Style != AddressingStyle.CName;

    /// <summary>
    /// The same for a bucket of another region: at that region's endpoint of the same type, if it can move.
    /// </summary>
    /// <exception cref="OssRequestException">
    /// The region has no endpoint of the type: <see cref="OssRequestError.InvalidEndpoint"/>.
    /// </exception>
    internal OssLocation InRegion(string region) =>
        At(region, CanMove ? Endpoint.MovedTo(region, Endpoint.Standard!.Type) : Endpoint);

    /// <summary>The same for another region and endpoint.</summary>
    internal OssLocation At(string region, OssEndpoint endpoint) =>
        new(region, endpoint, Style) { IsOfOneRecord = IsOfOneRecord };

    /// <summary>The same for a record that has this custom endpoint.</summary>
    internal OssLocation OfOneRecord() => new(Region, Endpoint, Style) { IsOfOneRecord = true };

    /// <summary>Refuses a custom domain for requests that are not about its bucket.</summary>
    /// <exception cref="OssRequestException"><see cref="OssRequestError.InvalidEndpoint"/>.</exception>
    internal void ThrowIfBoundToBucket()
    {
        if (Style == AddressingStyle.CName)
        {
            throw OssEndpoint.Invalid(
                $"'{Endpoint}' is a custom domain for one bucket, so it cannot list buckets or address resource pools. "
                + "Omit -AddressingStyle CName and specify an OSS endpoint.");
        }
    }

    /// <summary>The URL of a bucket's sub-resource, or of the service's where there is no bucket.</summary>
    /// <param name="bucket">A valid bucket name; null for the service.</param>
    /// <param name="encodedQuery">The query as it is signed.</param>
    /// <exception cref="OssRequestException">.NET would send the query in another form than it is signed.</exception>
    internal Uri UriFor(string? bucket, string encodedQuery)
    {
        string scheme = Endpoint.Uri.Scheme;
        string mark = encodedQuery.Length == 0 ? "" : "?";
        var uri = new Uri(Style switch
        {
            _ when bucket is null || Style == AddressingStyle.CName =>
                $"{scheme}://{Endpoint.Authority}/{mark}{encodedQuery}",
            AddressingStyle.Path => $"{scheme}://{Endpoint.Authority}/{bucket}/{mark}{encodedQuery}",
            _ => $"{scheme}://{bucket}.{Endpoint.Authority}/{mark}{encodedQuery}",
        });
        ThrowIfRewritten(uri, encodedQuery);
        return uri;
    }

    /// <summary>Refuses a query that .NET rewrites, which differs by version: the signature would be wrong.</summary>
    private static void ThrowIfRewritten(Uri uri, string encodedQuery)
    {
        if (encodedQuery.IndexOf('%') >= 0
            && uri.GetComponents(UriComponents.Query, UriFormat.UriEscaped) != encodedQuery)
        {
            throw new OssRequestException(
                OssRequestError.InvalidResponse,
                $"{uri.Authority} returned a continuation token that this version of .NET would alter. The request was "
                + "not sent. Specify the buckets and requesters instead of listing them, or use PowerShell 7.");
        }
    }
}
