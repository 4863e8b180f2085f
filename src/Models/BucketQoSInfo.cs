namespace OssPayment;

/// <summary>A bucket's own limits, which those of its requesters cannot exceed.</summary>
/// <remarks>From GetBucketQoSInfo and PutBucketQoSInfo, an invitational preview.</remarks>
public sealed class BucketQoSInfo : QoSInfo
{
    internal BucketQoSInfo(string bucket, QoSConfiguration configuration, Origin origin)
        : base(configuration, origin)
    {
        Bucket = bucket;
    }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region => Origin.Region;

    private protected override string Subject => Bucket;
}
