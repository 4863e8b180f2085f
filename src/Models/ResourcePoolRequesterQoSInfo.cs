namespace OssPayment;

/// <summary>The limits of a requester at a resource pool.</summary>
/// <remarks>
/// From GetResourcePoolRequesterQoSInfo, ListResourcePoolRequesterQoSInfos and PutResourcePoolRequesterQoSInfo, an
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

    private protected override string ResourceName => ResourcePool;
}
