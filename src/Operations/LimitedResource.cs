namespace OssPayment.Operations;

/// <summary>A bucket or a resource pool, at which requesters have limits.</summary>
internal sealed class LimitedResource
{
    private LimitedResource(string? bucket, string? resourcePool)
    {
        Bucket = bucket;
        ResourcePool = resourcePool;
    }

    /// <summary>The bucket; null for a resource pool, whose requests go to the service's host.</summary>
    internal string? Bucket { get; }

    internal string? ResourcePool { get; }

    internal bool IsResourcePool => ResourcePool is not null;

    internal static LimitedResource OfBucket(string bucket) => new(bucket, resourcePool: null);

    internal static LimitedResource OfResourcePool(string resourcePool) => new(bucket: null, resourcePool);
}
