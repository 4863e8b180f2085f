namespace OssPayment;

/// <summary>A request was not sent, or nothing usable came back.</summary>
/// <remarks>The message says what is wrong and what to do about it.</remarks>
public sealed class OssRequestException : OssException
{
    internal OssRequestException(OssRequestError error, string message)
        : base(message)
    {
        Error = error;
    }

    /// <summary>What went wrong.</summary>
    public OssRequestError Error { get; }

    /// <summary>Whether TLS refused the other side, which it would do again.</summary>
    internal bool IsTlsFailure { get; init; }

    /// <summary>Whether this .NET cannot do what was asked of it, whenever it is asked.</summary>
    internal bool IsUnsupported { get; init; }

    /// <summary>Whether the name of the host, or of the proxy, could not be resolved.</summary>
    internal bool IsHostUnknown { get; init; }

    /// <summary>The same failure, with more advice in its message.</summary>
    internal OssRequestException With(string advice) => new(Error, $"{Message} {advice}")
    {
        Endpoint = Endpoint,
        StatusCode = StatusCode,
        RequestId = RequestId,
        Attempts = Attempts,
        IsTlsFailure = IsTlsFailure,
        IsHostUnknown = IsHostUnknown,
        IsUnsupported = IsUnsupported,
        ConcernsAll = ConcernsAll,
    };
}
