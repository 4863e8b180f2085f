using System;

namespace OssPayment;

/// <summary>A bucket in a resource pool.</summary>
/// <remarks>
/// From ListResourcePoolBuckets, an invitational preview. The pool is not named <c>ResourcePool</c>, because an object
/// with a bucket and a resource pool is refused where limits are those of the one or of the other.
/// </remarks>
public sealed class ResourcePoolBucket
{
    private readonly Origin _origin;

    internal ResourcePoolBucket(string bucket, string pool, string group, DateTime? joinTime, Origin origin)
    {
        Bucket = bucket;
        Pool = pool;
        Group = group;
        JoinTime = joinTime;
        _origin = origin;
    }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region => _origin.Region;

    /// <summary>The resource pool's name.</summary>
    public string Pool { get; }

    /// <summary>The bucket group in the resource pool; empty if the bucket is in none.</summary>
    public string Group { get; }

    /// <summary>When the bucket joined the resource pool, in UTC; null if OSS sent no time.</summary>
    public DateTime? JoinTime { get; }

    /// <summary>The endpoint of the request, as a URL without the bucket, which <c>-Endpoint</c> accepts.</summary>
    public string Endpoint => _origin.Endpoint;

    /// <summary>The request ID, which the support of Alibaba Cloud needs.</summary>
    public string RequestId => _origin.RequestId;

    /// <summary>The HTTP status of the response.</summary>
    public int StatusCode => _origin.StatusCode;

    /// <summary>Which bucket is in which resource pool.</summary>
    /// <returns>A text such as <c>a-bucket in example-pool</c>.</returns>
    public override string ToString() => $"{Bucket} in {Pool}";
}
