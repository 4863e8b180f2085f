namespace OssPayment;

/// <summary>A request was not sent, or no valid response was received.</summary>
/// <remarks>The message says what is wrong and what to do about it.</remarks>
public sealed class OssRequestException : OssException
{
    internal OssRequestException(OssRequestError error, string message)
        : base(message)
    {
        Error = error;
    }

    /// <summary>The same failure, with more advice in its message.</summary>
    internal OssRequestException(OssRequestException other, string? advice = null)
        : base(other, advice is null ? other.Message : $"{other.Message} {advice}")
    {
        Error = other.Error;
        IsPermanent = other.IsPermanent;
        IsThrottled = other.IsThrottled;
        IsHostUnknown = other.IsHostUnknown;
    }

    /// <summary>The kind of failure.</summary>
    public OssRequestError Error { get; }

    /// <summary>Whether TLS refused the server or this .NET does not support the request, now and later.</summary>
    internal bool IsPermanent { get; init; }

    /// <summary>Whether a source of credentials was queried too often, which a status need not show.</summary>
    internal bool IsThrottled { get; init; }

    /// <summary>Whether the name of the host, or of the proxy, could not be resolved.</summary>
    internal bool IsHostUnknown { get; init; }

    internal override bool IsTransient => Error switch
    {
        OssRequestError.RequestTimedOut => true,
        OssRequestError.RequestFailed => !IsPermanent && (StatusCode == 0 || base.IsTransient),
        OssRequestError.InvalidResponse => IsThrottled || base.IsTransient,
        _ => false,
    };
}
