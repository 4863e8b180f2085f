namespace OssPayment;

/// <summary>The limits of a requester at a resource pool.</summary>
/// <remarks>
/// From GetResourcePoolRequesterQoSInfo, ListResourcePoolRequesterQoSInfos and PutResourcePoolRequesterQoSInfo, an
/// invitational preview.
/// </remarks>
public sealed class ResourcePoolRequesterQoSInfo : RequesterLimits
{
    internal ResourcePoolRequesterQoSInfo(
        string resourcePool, string requester, QoSConfiguration configuration, Origin origin)
        : base(requester, configuration, origin)
    {
        ResourcePool = resourcePool;
    }

    /// <summary>The resource pool's name.</summary>
    public string ResourcePool { get; }

    private protected override string ResourceName => ResourcePool;
}
