using System;

namespace OssPayment;

/// <summary>
/// An operation failed: what every such failure says, whether OSS refused it or no valid response was received.
/// </summary>
public abstract class OssException : Exception
{
    private protected OssException(string message)
        : base(message)
    {
    }

    /// <summary>The same failure. What is known only later is initialized on the copy.</summary>
    private protected OssException(OssException other, string message)
        : base(message)
    {
        Endpoint = other.Endpoint;
        StatusCode = other.StatusCode;
        RequestId = other.RequestId;
        Attempts = other.Attempts;
        ConcernsAll = other.ConcernsAll;
    }

    /// <summary>The endpoint that the request was for, without the bucket; null if nothing was sent.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>The HTTP status of the response; 0 if there was none.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>The request ID from OSS, which Alibaba Cloud support needs; empty if there was none.</summary>
    public string RequestId { get; internal init; } = "";

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; internal init; }

    /// <summary>
    /// Whether it is not about one bucket: every other request would fail in the same way and is not sent.
    /// </summary>
    internal bool ConcernsAll { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    /// <remarks>
    /// A server that does not support the request (501, 505), or a network that requires a login (511), stays so.
    /// </remarks>
    internal virtual bool IsTransient => StatusCode is 408 or 429 or (>= 500 and not (501 or 505 or 511));
}
