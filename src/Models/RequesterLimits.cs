namespace OssPayment;

/// <summary>The limits of a requester, and where they were read.</summary>
/// <remarks>The source is the element <c>RequesterQoSInfo</c>.</remarks>
public abstract class RequesterLimits : QoSInfo
{
    private protected RequesterLimits(string requester, QoSConfiguration configuration, Origin origin)
        : base(configuration, origin)
    {
        Requester = requester;
    }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region => Origin.Region;

    /// <summary>The requester's user ID (UID).</summary>
    public string Requester { get; }

    /// <summary>The bucket or the resource pool.</summary>
    private protected abstract string ResourceName { get; }

    private protected sealed override string Subject => $"{ResourceName}, requester {Requester}";
}
