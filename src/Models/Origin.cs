using System;

namespace OssPayment;

/// <summary>The response that an object was read from.</summary>
/// <param name="Region">The region that the request was signed for.</param>
/// <param name="Endpoint">The endpoint of the request, as a URL without the bucket.</param>
/// <param name="RequestId">The request ID from OSS, safe to show.</param>
/// <param name="StatusCode">The HTTP status.</param>
internal sealed record Origin(string Region, string Endpoint, string RequestId, int StatusCode)
{
    /// <summary>A refusal as the response, where it has a meaning of its own.</summary>
    internal static Origin Of(OssServiceException refusal) => new(
        refusal.SignedRegion,
        refusal.Endpoint!.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped),
        refusal.RequestId,
        refusal.StatusCode);
}
