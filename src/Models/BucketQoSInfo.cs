namespace OssPayment;

/// <summary>A bucket's own limits, which those of its requesters cannot exceed.</summary>
/// <remarks>From GetBucketQoSInfo and PutBucketQoSInfo, an invitational preview.</remarks>
public sealed class BucketQoSInfo : QoSInfo
{
    internal BucketQoSInfo(
        string bucket,
        QoSConfiguration configuration,
        string region,
        string endpoint,
        string requestId,
        int statusCode)
        : base(configuration, endpoint, requestId, statusCode)
    {
        Bucket = bucket;
        Region = region;
    }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>The region that the request was signed for, such as <c>cn-hangzhou</c>.</summary>
    public string Region { get; }

    private protected override string Subject => Bucket;
}
