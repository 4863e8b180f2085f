using System;

namespace OssPayment;

/// <summary>
/// An operation failed: what every such failure says, whether OSS refused it or nothing usable came back.
/// </summary>
public abstract class OssException : Exception
{
    private protected OssException(string message)
        : base(message)
    {
    }

    /// <summary>The endpoint that was asked, without the bucket; null when nothing was sent.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>The HTTP status of the response; 0 when there was none.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>OSS's id of the request, which Alibaba Cloud's support asks for; empty when there was none.</summary>
    public string RequestId { get; internal init; } = "";

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; internal set; }

    /// <summary>
    /// Whether it is not about one bucket: whatever else is asked fails with it, and nothing more is sent.
    /// </summary>
    internal bool ConcernsAll { get; set; }
}
