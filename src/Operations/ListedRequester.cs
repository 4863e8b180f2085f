namespace OssPayment.Operations;

/// <summary>A requester in a listing, with its limits or the reason why they cannot be read.</summary>
internal sealed class ListedRequester
{
    internal ListedRequester(RequesterLimits limits)
    {
        Requester = limits.Requester;
        Limits = limits;
    }

    internal ListedRequester(string requester, OssRequestException error)
    {
        Requester = requester;
        Error = error;
    }

    internal string Requester { get; }

    /// <summary>Null if they cannot be read.</summary>
    internal RequesterLimits? Limits { get; }

    /// <summary>Null if the limits can be read.</summary>
    internal OssRequestException? Error { get; }
}
