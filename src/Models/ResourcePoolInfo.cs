using System;

namespace OssPayment;

/// <summary>A resource pool and its limits, which those of its buckets and requesters cannot exceed.</summary>
/// <remarks>From GetResourcePoolInfo, an invitational preview.</remarks>
public sealed class ResourcePoolInfo : QoSInfo
{
    internal ResourcePoolInfo(
        string resourcePool, string owner, DateTime? creationTime, QoSConfiguration configuration, Origin origin)
        : base(configuration, origin)
    {
        ResourcePool = resourcePool;
        Owner = owner;
        CreationTime = creationTime;
    }

    /// <summary>The resource pool's name.</summary>
    public string ResourcePool { get; }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region => Origin.Region;

    /// <summary>The account ID (UID) of the owner; empty if OSS sent none.</summary>
    public string Owner { get; }

    /// <summary>When it was created, in UTC; null if OSS sent no time.</summary>
    public DateTime? CreationTime { get; }

    private protected override string Subject => ResourcePool;
}
