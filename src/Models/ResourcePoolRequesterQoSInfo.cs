namespace OssPayment;

/// <summary>How much bandwidth and how many requests a requester is allowed at a resource pool.</summary>
/// <remarks>
/// OSS's GetResourcePoolRequesterQoSInfo, ListResourcePoolRequesterQoSInfos and PutResourcePoolRequesterQoSInfo, an
/// invitational preview.
/// </remarks>
public sealed class ResourcePoolRequesterQoSInfo : RequesterLimits
{
    internal ResourcePoolRequesterQoSInfo(
        string resourcePool,
        string requester,
        QoSConfiguration configuration,
        string region,
        string endpoint,
        string requestId,
        int statusCode)
        : base(requester, configuration, region, endpoint, requestId, statusCode)
    {
        ResourcePool = resourcePool;
    }

    /// <summary>The resource pool's name.</summary>
    public string ResourcePool { get; }

    /// <summary>All requests a second together; -1 not limited, 0 forbidden.</summary>
    public int TotalQps => Configuration.Get();

    /// <summary>Requests a second over the classic network and VPC; -1 not limited, 0 forbidden.</summary>
    public int IntranetQps => Configuration.Get();

    /// <summary>Requests a second over the Internet and acceleration endpoints; -1 not limited, 0 forbidden.</summary>
    public int ExtranetQps => Configuration.Get();

    private protected override string Owner => ResourcePool;
}
