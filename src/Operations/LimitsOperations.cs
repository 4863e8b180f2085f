using System;

namespace OssPayment.Operations;

/// <summary>The operations on the limits of a requester or a bucket, for work that reads and changes them.</summary>
/// <param name="Get">Reads the limits.</param>
/// <param name="Put">Replaces all limits.</param>
/// <param name="Delete">Removes all limits.</param>
/// <param name="WithoutLimits">The limits to start from, if OSS reports that no limits are set.</param>
/// <param name="CeilingName">What has the limits that these cannot exceed, as an error names it.</param>
/// <param name="GetCeiling">
/// Reads the limits that these cannot exceed; null if it is not known where they are.
/// </param>
internal sealed record LimitsOperations(
    Func<OssOperation<QoSInfo>> Get,
    Func<QoSConfiguration, OssOperation<QoSInfo>> Put,
    Func<OssOperation<string>> Delete,
    Func<OssServiceException, QoSInfo> WithoutLimits,
    string CeilingName,
    Func<OssOperation<QoSInfo>>? GetCeiling)
{
    internal static LimitsOperations OfRequester(LimitedResource resource, string requester)
    {
        (string name, Func<OssOperation<QoSInfo>> ceiling) = resource.ResourcePool is { } pool
            ? CeilingOfPool(pool)
            : ($"bucket {resource.Bucket}", () => BucketQoSOperations.Get(resource.Bucket!));
        return new LimitsOperations(
            () => RequesterQoSOperations.Get(resource, requester),
            configuration => RequesterQoSOperations.Put(resource, requester, configuration),
            () => RequesterQoSOperations.Delete(resource, requester),
            refusal => RequesterQoSOperations.WithoutLimits(resource, requester, refusal),
            name,
            ceiling);
    }

    /// <param name="bucket">The bucket.</param>
    /// <param name="pool">Its resource pool; null if that is not known, because OSS does not say it.</param>
    internal static LimitsOperations OfBucket(string bucket, string? pool)
    {
        (string name, Func<OssOperation<QoSInfo>>? ceiling) = pool is null ? ("", null) : CeilingOfPool(pool);
        return new LimitsOperations(
            () => BucketQoSOperations.Get(bucket),
            configuration => BucketQoSOperations.Put(bucket, configuration),
            () => BucketQoSOperations.Delete(bucket),
            refusal => BucketQoSOperations.WithoutLimits(bucket, refusal),
            name,
            ceiling);
    }

    private static (string Name, Func<OssOperation<QoSInfo>> Get) CeilingOfPool(string pool) =>
        ($"resource pool {pool}", () => ResourcePoolOperations.Get(pool));
}
