using System;

namespace OssPayment;

/// <summary>A request was not sent, or nothing usable came back.</summary>
public sealed class OssRequestException : Exception
{
    internal const string ProxyAdvice =
        "The proxy wants credentials: give them in the URL of -Proxy, or in the system's proxy settings.";

    internal OssRequestException(OssRequestError error, string message, string recommendedAction)
        : base(message)
    {
        Error = error;
        RecommendedAction = recommendedAction;
    }

    /// <summary>What went wrong.</summary>
    public OssRequestError Error { get; }

    /// <summary>The endpoint that was asked, without the bucket; null when nothing was sent.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>The HTTP status of the answer; 0 when there was none.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>OSS's id of the request; empty when the answer carried none.</summary>
    public string RequestId { get; internal init; } = "";

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Whether the same request may succeed when it is sent again.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>What to do about it.</summary>
    internal string RecommendedAction { get; }
}
