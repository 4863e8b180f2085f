namespace OssPayment.Operations;

/// <summary>What requesters are limited at: a bucket or a resource pool.</summary>
internal sealed class QoSOwner
{
    private QoSOwner(string? bucket, string? resourcePool)
    {
        Bucket = bucket;
        ResourcePool = resourcePool;
    }

    /// <summary>The bucket; null for a resource pool, which is asked at the service's host.</summary>
    internal string? Bucket { get; }

    internal string? ResourcePool { get; }

    internal bool IsResourcePool => ResourcePool is not null;

    internal static QoSOwner OfBucket(string bucket) => new(bucket, resourcePool: null);

    internal static QoSOwner OfResourcePool(string resourcePool) => new(bucket: null, resourcePool);
}
