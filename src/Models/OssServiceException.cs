using System;

namespace OssPayment;

/// <summary>OSS understood the request and refused it.</summary>
/// <remarks>
/// The text is OSS's own, made harmless to show: control, formatting and direction characters are replaced.
/// The source of the members is OSS's error response.
/// </remarks>
public sealed class OssServiceException : Exception
{
    internal OssServiceException(string errorCode, string message, int statusCode, Uri endpoint)
        : base(message)
    {
        ErrorCode = errorCode;
        StatusCode = statusCode;
        Endpoint = endpoint;
    }

    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; }

    /// <summary>OSS's error code, such as <c>NoSuchBucket</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>OSS's finer error code, such as <c>0015-00000101</c>; empty when OSS sent none.</summary>
    public string EC { get; internal init; } = "";

    /// <summary>OSS's id of the request, which Alibaba Cloud's support asks for; empty when OSS sent none.</summary>
    public string RequestId { get; internal init; } = "";

    /// <summary>The host that OSS says it answered as; empty when OSS sent none.</summary>
    public string HostId { get; internal init; } = "";

    /// <summary>Where OSS's documentation explains the error; empty when OSS sent none.</summary>
    public string RecommendDoc { get; internal init; } = "";

    /// <summary>The endpoint that was asked, without the bucket.</summary>
    public Uri Endpoint { get; }

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>The endpoint that OSS says the bucket must be addressed at, never trusted as a host to contact.</summary>
    internal string NamedEndpoint { get; init; } = "";

    /// <summary>The server's clock, where the answer tells it.</summary>
    internal DateTimeOffset? ServerTime { get; init; }
}
