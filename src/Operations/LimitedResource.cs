namespace OssPayment.Operations;

/// <summary>A bucket or a resource pool, at which requesters have limits.</summary>
internal sealed class LimitedResource
{
    /// <summary>The bucket; null for a resource pool, whose requests go to the service's host.</summary>
    internal string? Bucket { get; private init; }

    internal string? ResourcePool { get; private init; }

    internal bool IsResourcePool => ResourcePool is not null;

    internal static LimitedResource OfBucket(string bucket) => new() { Bucket = bucket };

    internal static LimitedResource OfResourcePool(string resourcePool) => new() { ResourcePool = resourcePool };
}
